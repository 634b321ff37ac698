import { type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';

/** Where introspection begins. `__typename` is none: every client asks for it. */
const ENTRANCES: ReadonlySet<string> = new Set(['__schema', '__type']);

/** The fields of the introspection's own types that are lists of objects. */
const LISTS: ReadonlySet<string> = new Set([
  'args',
  'directives',
  'enumValues',
  'fields',
  'inputFields',
  'interfaces',
  'possibleTypes',
  'types',
]);

/**
 * How many lists stand inside each other where an operation's introspection has most of them.
 *
 * @returns undefined if the operation asks for no introspection
 */
export function introspectedLists({ document, definition }: CheckedOperation): number | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  // A fragment lies inside of introspection or outside, never both: its type says so. So one look is enough.
  const known = new Map<string, number | undefined>();

  const inFragment = (name: string, inside: boolean): number | undefined => {
    const fragment = fragments.get(name);
    if (fragment && !known.has(name)) known.set(name, inSelections(fragment.selectionSet, inside));
    return known.get(name);
  };
  const inSelection = (selection: SelectionNode, inside: boolean): number | undefined => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return inFragment(selection.name.value, inside);
    const { selectionSet } = selection;
    if (selection.kind === Kind.INLINE_FRAGMENT || !selectionSet)
      return selectionSet && inSelections(selectionSet, inside);
    const name = selection.name.value;
    const within = inside || ENTRANCES.has(name);
    const inner = inSelections(selectionSet, within);
    return within ? (inner ?? 0) + (LISTS.has(name) ? 1 : 0) : inner;
  };
  const inSelections = ({ selections }: SelectionSetNode, inside: boolean): number | undefined => {
    let most: number | undefined;
    for (const selection of selections) {
      const lists = inSelection(selection, inside);
      if (lists !== undefined && (most === undefined || lists > most)) most = lists;
    }
    return most;
  };
  return inSelections(definition.selectionSet, false);
}
