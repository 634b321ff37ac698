import { type DirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind, visit } from 'graphql';

/** Fields that one subgraph declared only to require them, before a stand-in took their place there. */
export interface Replaced {
  /** As the supergraph's enum names it. */
  readonly graph: string;
  readonly type: string;
  readonly field: string;
}

/**
 * Takes away the `external: true` of fields that nothing in their subgraph mentions any more: the planner refuses a
 * supergraph in which a field is external to no purpose.
 */
export function withoutUnusedExternals(
  supergraph: DocumentNode,
  replaced: readonly Replaced[],
): DocumentNode {
  const mentioned = fieldSetsByGraph(supergraph);
  const isUnused = (type: string, interfaces: readonly string[], field: string, graph: string): boolean =>
    replaced.some((each) => each.type === type && each.field === field && each.graph === graph) &&
    // An interface may want it all the same.
    !interfaces.some((name) => fieldsOf(supergraph, name).has(field)) &&
    !new RegExp(`\\b${field}\\b`).test(mentioned.get(graph) ?? '');

  const tidy = <Definition extends TypeWithFields>(definition: Definition): Definition => ({
    ...definition,
    fields: (definition.fields ?? []).map((field) => ({
      ...field,
      directives: (field.directives ?? []).filter(
        (directive) =>
          !isExternal(directive) ||
          !isUnused(
            definition.name.value,
            (definition.interfaces ?? []).map(({ name }) => name.value),
            field.name.value,
            valueOf(directive, 'graph') ?? '',
          ),
      ),
    })),
  });
  return visit(supergraph, { ObjectTypeDefinition: tidy, InterfaceTypeDefinition: tidy });
}

interface TypeWithFields {
  readonly name: { readonly value: string };
  readonly fields?: readonly FieldDefinitionNode[];
  readonly interfaces?: readonly { readonly name: { readonly value: string } }[];
}

/** The enum, string or boolean value of a directive's argument, as text. */
export function valueOf({ arguments: given = [] }: DirectiveNode, name: string): string | undefined {
  const value = given.find((argument) => argument.name.value === name)?.value;
  return value && 'value' in value ? String(value.value) : undefined;
}

const isExternal = (directive: DirectiveNode): boolean =>
  directive.name.value === 'join__field' && valueOf(directive, 'external') === 'true';

/** Everything that a subgraph's keys, @requires and @provides say, as one text. */
function fieldSetsByGraph(supergraph: DocumentNode): Map<string, string> {
  const texts = new Map<string, string>();
  visit(supergraph, {
    Directive(directive) {
      const graph = valueOf(directive, 'graph');
      if (graph === undefined) return;
      const said = ['key', 'requires', 'provides'].map((name) => valueOf(directive, name) ?? '');
      texts.set(graph, [texts.get(graph) ?? '', ...said].join(' '));
    },
  });
  return texts;
}

function fieldsOf({ definitions }: DocumentNode, type: string): ReadonlySet<string> {
  for (const definition of definitions) {
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION && definition.name.value === type) {
      return new Set((definition.fields ?? []).map(({ name }) => name.value));
    }
  }
  return new Set();
}
