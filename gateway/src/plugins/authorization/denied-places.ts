import {
  type DirectiveNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { type Fragments, fragmentsOf, typeOfField } from './guarded-fields.js';

/** Where in the answer something is missing. */
export interface DeniedPlace {
  /** Keys as the client named them; `@` stands for each item of a list. */
  readonly path: readonly string[];
  readonly field: FieldNode;
  /** For example `User.email`. */
  readonly coordinate: string;
  /** All must hold for the place to be in the answer at all. */
  readonly conditions: readonly Condition[];
}

/** A `@skip` or `@include` that a variable decides. */
export interface Condition {
  readonly variable: string;
  readonly expected: boolean;
}

/** More places than anybody reads; a document that uses fragments inside fragments could have millions. */
const MOST_PLACES = 100;

/** Finds the places at which a client will miss what was denied, in the order of the document. */
export function deniedPlaces(
  { document, definition }: CheckedOperation,
  schema: GraphQLSchema,
  isDenied: (field: FieldNode) => boolean,
): readonly DeniedPlace[] {
  const fragments = fragmentsOf(document.definitions);
  const leadsThere = leadsToDenied(fragments, isDenied);
  const places: DeniedPlace[] = [];

  const walk = (
    type: GraphQLNamedType | null | undefined,
    set: SelectionSetNode,
    { path, conditions }: Pick<DeniedPlace, 'path' | 'conditions'>,
  ): void => {
    if (!type) return;
    for (const selection of set.selections) {
      if (places.length >= MOST_PLACES) return;
      const decided = conditionsOf(selection);
      if (decided === 'left out' || !leadsThere(selection)) continue;
      const here = { path, conditions: [...conditions, ...decided] };
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value;
        walk(on === undefined ? type : schema.getType(on), selection.selectionSet, here);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) walk(schema.getType(fragment.typeCondition.name.value), fragment.selectionSet, here);
      } else {
        const name = selection.name.value;
        const below = [...path, selection.alias?.value ?? name];
        if (isDenied(selection))
          places.push({ ...here, field: selection, path: below, coordinate: `${type.name}.${name}` });
        else if (selection.selectionSet) {
          const inside = { ...here, path: [...below, ...itemSteps(type, name)] };
          walk(typeOfField(type, name), selection.selectionSet, inside);
        }
      }
    }
  };
  walk(schema.getRootType(definition.operation), definition.selectionSet, { path: [], conditions: [] });
  return places;
}

/** Whether something denied is in a selection; decided once for each fragment, or fragments in fragments would multiply. */
function leadsToDenied(fragments: Fragments, isDenied: (field: FieldNode) => boolean) {
  const decided = new Map<string, boolean>();
  const leads = (selection: SelectionNode): boolean => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const name = selection.name.value;
      let found = decided.get(name);
      if (found === undefined) {
        found = fragments.get(name)?.selectionSet.selections.some(leads) ?? false;
        decided.set(name, found);
      }
      return found;
    }
    if (selection.kind === Kind.FIELD && isDenied(selection)) return true;
    return selection.selectionSet?.selections.some(leads) ?? false;
  };
  return leads;
}

/** One `@` for each list that wraps a field's value. */
function itemSteps(parent: GraphQLNamedType, field: string): string[] {
  const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field] : undefined;
  const steps: string[] = [];
  let type: GraphQLType | undefined = definition?.type;
  while (isListType(type) || isNonNullType(type)) {
    if (isListType(type)) steps.push('@');
    type = type.ofType;
  }
  return steps;
}

function conditionsOf({ directives = [] }: SelectionNode): readonly Condition[] | 'left out' {
  const conditions: Condition[] = [];
  for (const directive of directives) {
    const expected = expectedBy(directive);
    const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
    if (expected === undefined || !value) continue;
    if (value.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, expected });
    else if (value.kind === Kind.BOOLEAN && value.value !== expected) return 'left out';
  }
  return conditions;
}

const expectedBy = ({ name }: DirectiveNode): boolean | undefined =>
  name.value === 'include' ? true : name.value === 'skip' ? false : undefined;
