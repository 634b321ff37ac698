import { type FieldNode, type GraphQLField, Kind, parse, type SelectionSetNode } from 'graphql';
import type { Source } from './made-up-values.js';

/** What a field's `@requires` says, as a selection set; undefined if it has none. */
export function requiredBy({ astNode }: GraphQLField<unknown, unknown>): SelectionSetNode | undefined {
  const requires = astNode?.directives?.find(({ name }) => name.value === 'requires');
  const fields = requires?.arguments?.find(({ name }) => name.value === 'fields')?.value;
  if (fields?.kind !== Kind.STRING) return undefined;
  const [definition] = parse(`{${fields.value}}`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
}

/** How the fields of a selection set are read from an object. */
export interface Reading {
  valueOf(source: Source, field: FieldNode): unknown;
  /** False if a fragment on this type is not about the object. */
  isOf(source: Source, type: string): boolean;
}

/** The part of a value that a selection set names, in the order in which it names it. */
export function selected(value: unknown, set: SelectionSetNode | undefined, reading: Reading): unknown {
  if (Array.isArray(value)) return value.map((item) => selected(item, set, reading));
  if (!set || typeof value !== 'object' || value === null) return value;
  // Lists and leaves are dealt with.
  const source = value as Source;
  const found: Record<string, unknown> = {};
  for (const [name, { field, inner }] of fieldsOf(source, set, reading)) {
    found[name] = selected(reading.valueOf(source, field), inner, reading);
  }
  return found;
}

interface Selected {
  readonly field: FieldNode;
  /** Of all the places where the field stands. */
  readonly inner: SelectionSetNode | undefined;
}

function fieldsOf(
  source: Source,
  { selections }: SelectionSetNode,
  reading: Reading,
  found = new Map<string, Selected>(),
): ReadonlyMap<string, Selected> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const before = found.get(selection.name.value)?.inner?.selections ?? [];
      const { selectionSet } = selection;
      const inner = selectionSet && {
        ...selectionSet,
        selections: [...before, ...selectionSet.selections],
      };
      found.set(selection.name.value, { field: selection, inner });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition?.name.value;
      if (type === undefined || reading.isOf(source, type)) {
        fieldsOf(source, selection.selectionSet, reading, found);
      }
    }
  }
  return found;
}
