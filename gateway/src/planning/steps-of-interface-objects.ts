import {
  baseType,
  type CompositeType,
  isInterfaceObjectType,
  type OperationPath,
  type Selection,
  selectionOfElement,
} from '@apollo/federation-internals';
import type { FetchGroup } from './fetch-group.js';

/**
 * Mends three faults of @apollo/query-planner with objects of which a subgraph knows the interface only:
 *
 * - A key that one such subgraph needs of another is added with the `__typename` of the wrong subgraph, and the planner
 *   throws unless the right one is there already: `{ top @skip(if: $brief) { ... on Clip { shout } } }`.
 * - Two steps that ask for different types become one, although only clips bring what is required: what is asked of clips
 *   is asked of songs, too.
 * - Of two equal questions, one of them under `@include`, it makes one that depends on the condition.
 */
export function mendInterfaceObjects(prototype: FetchGroup): void {
  const { addAtPath, canMergeSiblingIn, mergeInWithAllDependencies } = prototype;
  prototype.addAtPath = function (path, selection) {
    addAtPath.call(
      this,
      path,
      isList(selection) ? ownTypenames(selection, this.parentType, path) : selection,
    );
  };
  prototype.canMergeSiblingIn = function (sibling) {
    if (!canMergeSiblingIn.call(this, sibling)) return false;
    const isAboutInterface = asksInterfaceObjects(this) || asksInterfaceObjects(sibling);
    return !isAboutInterface || neededBy(this) === neededBy(sibling);
  };
  prototype.mergeInWithAllDependencies = function (other) {
    if (asksInterfaceObjects(this) && conditionsOf(this) !== conditionsOf(other)) return;
    mergeInWithAllDependencies.call(this, other);
  };
}

/** The same selections with the `__typename` of the step's own subgraph. */
function ownTypenames(
  selections: readonly Selection[],
  parentType: CompositeType,
  path: OperationPath,
): readonly Selection[] {
  if (!selections.some(isTypename)) return selections;
  const type = typeAt(parentType, path);
  const typename = type.typenameField();
  if (!isInterfaceObjectType(type) || !typename) return selections;
  return selections.map((selection) =>
    isTypename(selection) ? selectionOfElement(selection.element.withUpdatedDefinition(typename)) : selection,
  );
}

function typeAt(start: CompositeType, path: OperationPath): CompositeType {
  const schema = start.schema();
  let type = start;
  for (const element of path) {
    const next =
      element.kind === 'Field'
        ? 'field' in type && type.field(element.name)?.type
        : element.typeCondition && schema.type(element.typeCondition.name);
    // Its names come from a path that the planner has taken: they lead from object to object.
    if (next) type = baseType(next) as CompositeType;
  }
  return type;
}

const asksInterfaceObjects = ({ selection }: FetchGroup): boolean =>
  selection
    .selections()
    .some(
      ({ kind, element }) =>
        kind === 'FragmentSelection' &&
        element.kind === 'FragmentElement' &&
        element.typeCondition !== undefined &&
        isInterfaceObjectType(element.typeCondition),
    );

/** Which fields objects bring along, of whatever type they are. */
const neededBy = ({ inputs }: FetchGroup): string => {
  const sets = (inputs?.selectionSets() ?? []).flatMap((set) => set.selections());
  return [...new Set(sets.map(({ selectionSet }) => String(selectionSet)))].sort().join(' ');
};

const conditionsOf = (step: FetchGroup): string => {
  const conditions = step.conditions();
  if (typeof conditions === 'boolean') return String(conditions);
  return conditions
    .map(({ variable, negated }) => `${negated ? '!' : ''}${variable.name}`)
    .sort()
    .join(' ');
};

const isList = (selection: unknown): selection is readonly Selection[] => Array.isArray(selection);

const isTypename = (selection: Selection): selection is Extract<Selection, { kind: 'FieldSelection' }> =>
  selection.kind === 'FieldSelection' && selection.element.name === '__typename';
