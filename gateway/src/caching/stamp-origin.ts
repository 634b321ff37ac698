import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from 'graphql';
import { CACHING_DIRECTIVES, CACHING_SPEC } from './caching-spec.js';

/**
 * Writes the subgraph's name into each `@cacheControl` and `@changedBy` that does not say one. Composition merges what
 * subgraphs say of one type, and a hint must only count for the fields of the subgraph that gave it: else a field that
 * another team adds to the type would be shared between viewers without their having said so.
 */
export function stampOrigin(document: DocumentNode, subgraph: string): DocumentNode {
  const names = namesIn(document);
  if (names.size === 0) return document;
  return visit(document, {
    Directive(node) {
      // The document is a schema: its directives hold constants.
      const directive = node as ConstDirectiveNode;
      const given = directive.arguments ?? [];
      if (!names.has(node.name.value) || given.some(({ name }) => name.value === 'subgraph'))
        return undefined;
      const stamp = {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'subgraph' },
        value: { kind: Kind.STRING, value: subgraph },
      } as const;
      return { ...directive, arguments: [...given, stamp] };
    },
  });
}

/** What the caching directives are called in a schema; none if it does not link the specification. */
function namesIn(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'link') return;
      const argument = (wanted: string) => given.find((one) => one.name.value === wanted)?.value;
      const url = argument('url');
      if (url?.kind !== Kind.STRING || !url.value.startsWith(`${CACHING_SPEC}/`)) return;
      const as = argument('as');
      const prefix = as?.kind === Kind.STRING ? as.value : 'caching';
      for (const directive of CACHING_DIRECTIVES) names.add(`${prefix}__${directive}`);
      const imports = argument('import');
      if (imports?.kind !== Kind.LIST) return;
      for (const value of imports.values) {
        if (value.kind === Kind.STRING) names.add(value.value.replace('@', ''));
        if (value.kind !== Kind.OBJECT) continue;
        const renamed = value.fields.find((field) => field.name.value === 'as')?.value;
        if (renamed?.kind === Kind.STRING) names.add(renamed.value.replace('@', ''));
      }
    },
  });
  return names;
}
