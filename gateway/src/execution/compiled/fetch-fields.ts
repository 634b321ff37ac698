import type { FetchNode } from '@apollo/query-planner';
import { Kind, parse, type SelectionSetNode } from 'graphql';
import type { AnsweredField } from './merge.js';
import type { PlanPath } from './targets.js';

/** What a fetch writes, and where. */
export interface FetchFields {
  /** The fields it answers for each of its objects (for a root fetch: for the root). */
  readonly top: readonly AnsweredField[];
  /**
   * Every place at which it writes fields: dotted response keys from the root, lists left out. With the fields there,
   * and whether they have fields of their own.
   */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}

/** A path as one string. Lists are left out: a field is a list everywhere or nowhere. */
export const placeOf = (path: PlanPath): string => path.filter((step) => step !== '@').join('.');

export const below = (place: string, key: string): string => (place === '' ? key : `${place}.${key}`);

/** True if `place` is `other` or lies under it. */
export const isUnder = (place: string, other: string): boolean =>
  place === other || place.startsWith(`${other}.`);

/** Reads a fetch's own operation. */
export function fetchFields(fetch: FetchNode, path: PlanPath): FetchFields {
  const document = parse(fetch.operation, { noLocation: true });
  const fragments = new Map<string, SelectionSetNode>();
  let root: SelectionSetNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition.selectionSet);
    } else if (definition.kind === Kind.OPERATION_DEFINITION) root = definition.selectionSet;
  }
  const places = new Map<string, Map<string, boolean>>();
  const fieldsAt = (set: SelectionSetNode | undefined, place: string): void => {
    const into = places.get(place) ?? new Map<string, boolean>();
    places.set(place, into);
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        fieldsAt(fragments.get(selection.name.value), place);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) fieldsAt(selection.selectionSet, place);
      else {
        const key = selection.alias?.value ?? selection.name.value;
        into.set(key, (into.get(key) ?? false) || selection.selectionSet !== undefined);
        if (selection.selectionSet) fieldsAt(selection.selectionSet, below(place, key));
      }
    }
  };
  const [entities] = fetch.requires ? (root?.selections ?? []) : [];
  const set = entities?.kind === Kind.FIELD ? entities.selectionSet : root;
  const place = placeOf(path);
  fieldsAt(set, place);
  const top = [...(places.get(place) ?? [])].map(([key, isComposite]) => ({ key, isComposite }));
  return { top, places };
}
