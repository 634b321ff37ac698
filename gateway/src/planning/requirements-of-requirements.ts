import {
  baseType,
  type CompositeType,
  federationMetadata,
  type SelectionSet,
} from '@apollo/federation-internals';
import type { FetchGroup } from './fetch-group.js';

/**
 * Mends two faults of @apollo/query-planner where what a field requires is itself computed from something required, and
 * the objects come from the subgraph that computes it: of `{ orders { buyer { greeting } } }`, where `greeting`
 * requires the `tier` that the orders' subgraph computes from the `points` of a third one.
 *
 * - `points` would be asked of the orders' subgraph, because its schema has the field; there it is `@external` only.
 * - `tier` would be asked together with the buyers, before anybody has asked for their points.
 *
 * Both give wrong values without an error. Instead, these steps stay apart.
 */
export function mendRequirementsOfRequirements(prototype: FetchGroup): void {
  const { canMergeChildIn, removeInputsFromSelection } = prototype;
  // Right after this the planner decides, by `canRebaseOn` alone, whether the step before can ask for the selection.
  prototype.removeInputsFromSelection = function () {
    removeInputsFromSelection.call(this);
    const { selection } = this;
    const canRebaseOn = selection.canRebaseOn.bind(selection);
    selection.canRebaseOn = (type) => canRebaseOn(type) && !selectsExternal(selection, type);
  };
  prototype.canMergeChildIn = function (child) {
    // What another step brings would come too late.
    const isAfterOthers = child.parents().some(({ group }) => group !== this && !this.isDescendantOf(group));
    return !isAfterOthers && canMergeChildIn.call(this, child);
  };
}

/** True if a subgraph has some of the fields only to require them, or to provide them in certain places. */
function selectsExternal(selection: SelectionSet, type: CompositeType): boolean {
  const schema = type.schema();
  const metadata = federationMetadata(schema);
  return selection.selections().some(({ element, selectionSet }) => {
    if (element.kind === 'FragmentElement') {
      const on = element.typeCondition && schema.type(element.typeCondition.name);
      // A fragment stands on an object, an interface or a union.
      return selectionSet !== undefined && selectsExternal(selectionSet, (on ?? type) as CompositeType);
    }
    const field = 'field' in type ? type.field(element.name) : undefined;
    if (!field) return false;
    if (metadata?.isFieldExternal(field)) return true;
    // A field with a selection is of such a type, too.
    return (
      selectionSet !== undefined && selectsExternal(selectionSet, baseType(field.type!) as CompositeType)
    );
  });
}
