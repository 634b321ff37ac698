import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { fragmentsOf } from './guarded-fields.js';

/** What is left of an operation. */
export interface RemainingDocument {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** True if nothing of what was asked is left. */
  readonly isEmpty: boolean;
}

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * Takes fields out of an operation. An object of which nothing is left to ask is still asked for, by its type: whether
 * it is there was not forbidden. Fragments and variables that nothing uses any more go too.
 */
export function remainingDocument(
  { document, definition }: CheckedOperation,
  isDenied: (field: FieldNode) => boolean,
): RemainingDocument {
  const fragments = fragmentsOf(document.definitions);
  const kept = new Map<string, FragmentDefinitionNode | undefined>();

  const keepFragment = (name: string): FragmentDefinitionNode | undefined => {
    if (kept.has(name)) return kept.get(name);
    const fragment = fragments.get(name);
    const selectionSet = fragment && keep(fragment.selectionSet);
    const result = fragment && selectionSet ? { ...fragment, selectionSet } : undefined;
    kept.set(name, result);
    return result;
  };
  const keepSelection = (selection: SelectionNode): SelectionNode | undefined => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return keepFragment(selection.name.value) ? selection : undefined;
    }
    if (selection.kind === Kind.FIELD && isDenied(selection)) return undefined;
    if (!selection.selectionSet) return selection;
    const selectionSet = keep(selection.selectionSet);
    if (selectionSet) return { ...selection, selectionSet };
    return selection.kind === Kind.FIELD
      ? { ...selection, selectionSet: onlyTypename(selection.selectionSet) }
      : undefined;
  };
  const keep = (set: SelectionSetNode): SelectionSetNode | undefined => {
    const selections = set.selections.flatMap((selection) => keepSelection(selection) ?? []);
    return selections.length > 0 ? { ...set, selections } : undefined;
  };

  const rest = keep(definition.selectionSet);
  const used = [...kept.values()].filter((fragment) => fragment !== undefined);
  const operation = withUsedVariables(
    { ...definition, selectionSet: rest ?? onlyTypename(definition.selectionSet) },
    used,
  );
  return {
    document: { ...document, definitions: [operation, ...used] },
    definition: operation,
    isEmpty: !rest,
  };
}

const onlyTypename = (set: SelectionSetNode): SelectionSetNode => ({ ...set, selections: [TYPENAME] });

function withUsedVariables(
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
): OperationDefinitionNode {
  const used = new Set<string>();
  const note = {
    Variable: (node: { readonly name: { readonly value: string } }) => void used.add(node.name.value),
  };
  for (const part of [operation.selectionSet, ...(operation.directives ?? []), ...fragments])
    visit(part, note);
  return {
    ...operation,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) =>
      used.has(variable.name.value),
    ),
  };
}
