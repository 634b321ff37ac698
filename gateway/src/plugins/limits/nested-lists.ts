import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/**
 * How many lists stand inside each other where the document has most of them. An answer grows with the product of
 * their lengths: six lists of ten are a million items.
 *
 * @param document has passed validation: its fragments exist and contain no cycle
 */
export function deepestLists(schema: GraphQLSchema, document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  // A fragment counts once, however often it is spread: chains of fragments must not multiply the work.
  const known = new Map<string, number>();

  const fieldType = (parent: GraphQLNamedType | undefined, name: string): GraphQLOutputType | undefined => {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef.type;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef.type;
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
    return parent.getFields()[name]?.type;
  };
  const inFragment = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fragment = fragments.get(name);
    const lists = fragment
      ? inSelection(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
      : 0;
    known.set(name, lists);
    return lists;
  };
  const inSelection = (selectionSet: SelectionSetNode, parent: GraphQLNamedType | undefined): number => {
    let most = 0;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        most = Math.max(most, inFragment(selection.name.value));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition
          ? schema.getType(selection.typeCondition.name.value)
          : parent;
        most = Math.max(most, inSelection(selection.selectionSet, condition));
      } else if (selection.selectionSet) {
        const type = fieldType(parent, selection.name.value);
        if (type === undefined) continue;
        most = Math.max(
          most,
          (isList(type) ? 1 : 0) + inSelection(selection.selectionSet, getNamedType(type)),
        );
      }
    }
    return most;
  };

  let most = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation) ?? undefined;
    most = Math.max(most, inSelection(definition.selectionSet, root));
  }
  return most;
}
