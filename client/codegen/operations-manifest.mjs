import { createHash } from 'node:crypto';
import { Kind, print, visit } from 'graphql';

/** Codegen plugin: the client's operations as a persisted query manifest, sorted by name so that diffs are small. */
export function plugin(_schema, documents) {
  const definitions = documents.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(
    definitions
      .filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const operations = definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const body = [operation, ...fragmentsOf(operation, fragments)]
        .map(withTypename)
        .map(print)
        .join('\n\n');
      const id = createHash('sha256').update(body).digest('hex');
      return { id, name: operation.name.value, type: operation.operation, body };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2) + '\n'
  );
}

/** The fragments that a definition spreads, however deep, each once, in the order of first use. */
function fragmentsOf(definition, fragments, found = new Map()) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!fragment || found.has(name.value)) return;
      found.set(name.value, fragment);
      fragmentsOf(fragment, fragments, found);
    },
  });
  return [...found.values()];
}

/** The cache needs every object's type name. */
function withTypename(definition) {
  return visit(definition, {
    SelectionSet(node, _key, parent) {
      const isRoot = parent?.kind === Kind.OPERATION_DEFINITION;
      const has = node.selections.some((field) => field.name?.value === '__typename');
      if (isRoot || has) return undefined;
      const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
      return { ...node, selections: [...node.selections, typename] };
    },
  });
}
