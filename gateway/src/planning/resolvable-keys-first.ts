import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

/**
 * Puts the keys by which a subgraph can find an entity before those by which it only names one. The planner re-enters
 * a subgraph for a field with @requires by the first key there is, and so would ask by a key that leads nowhere.
 */
export function resolvableKeysFirst(supergraph: DocumentNode): DocumentNode {
  const sorted = (definition: { readonly directives?: readonly ConstDirectiveNode[] }) => {
    const { directives = [] } = definition;
    if (!directives.some(isDeadEnd)) return undefined;
    return {
      ...definition,
      directives: [...directives.filter((each) => !isDeadEnd(each)), ...directives.filter(isDeadEnd)],
    };
  };
  return visit(supergraph, { ObjectTypeDefinition: sorted, InterfaceTypeDefinition: sorted });
}

const isDeadEnd = ({ name, arguments: given = [] }: ConstDirectiveNode): boolean =>
  name.value === 'join__type' &&
  given.some(
    (argument) =>
      argument.name.value === 'resolvable' && argument.value.kind === Kind.BOOLEAN && !argument.value.value,
  );
