import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionNode, visit } from 'graphql';

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * Gives every selection set that may turn out empty, because all of it depends on `@skip` and `@include`, something
 * that is always selected. The planner moves conditions that all selections share to the fetch: without it, it would
 * not ask whether the object around them is there, and `{ product { id @include(if: false) } }` would be
 * `{ "product": null }` instead of `{ "product": {} }`.
 *
 * @returns the document itself if nothing had to change
 */
export function keepConditionalSelections(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);

  const isAlwaysThere = (selection: SelectionNode): boolean => {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'))
      return false;
    if (selection.kind === Kind.FIELD) return true;
    const { selectionSet } =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : (fragments.get(selection.name.value) ?? {});
    return selectionSet?.selections.some(isAlwaysThere) ?? false;
  };
  return visit(document, {
    Field: {
      leave(field) {
        const { selectionSet } = field;
        if (!selectionSet || selectionSet.selections.some(isAlwaysThere)) return undefined;
        const selections = [TYPENAME, ...selectionSet.selections];
        return { ...field, selectionSet: { ...selectionSet, selections } };
      },
    },
  });
}
