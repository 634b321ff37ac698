import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';

/** The fragments of a document by name, each with the type it is on. */
export function fragmentsOf(
  document: DocumentNode,
): ReadonlyMap<string, SelectionSetNode & { readonly on: string }> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [
            [
              definition.name.value,
              { ...definition.selectionSet, on: definition.typeCondition.name.value },
            ] as const,
          ]
        : [],
    ),
  );
}
