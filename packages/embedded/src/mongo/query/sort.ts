import { badValue, refused } from '../errors.js';
import { emptyArrayKey, inverted, nullKey, orderKey } from '../bson/order-key.js';
import { isNumeric, magnitude, type Doc, type FieldSource, type Value } from '../bson/value.js';
import { parsePath, walkPath, type Path } from './path.js';

/** One field of a sort or of an index, and its direction. */
export interface SortField {
  readonly path: Path;
  readonly name: string;
  readonly descending: boolean;
}

/** Reads `{ price: 1, _id: -1 }`. */
export function parseSort(sort: Doc | undefined): SortField[] {
  return [...(sort ?? [])].map(([name, direction]) => {
    if (direction instanceof Map) throw refused('$meta in a sort');
    if (!isNumeric(direction) || Math.abs(Number(magnitude(direction))) !== 1) {
      throw badValue(`Illegal key in $sort specification: ${name}; the direction must be 1 or -1`);
    }
    return { path: parsePath(name), name, descending: Number(magnitude(direction)) === -1 };
  });
}

/** A key whose plain string order is the order the sort asks for. An array sorts by its least (or greatest) element. */
export function sortKey(source: FieldSource, fields: readonly SortField[]): string {
  let key = '';
  for (const field of fields) {
    let best: string | undefined;
    const offer = (candidate: string): void => {
      if (best === undefined || (field.descending ? candidate > best : candidate < best)) best = candidate;
    };
    for (const candidate of keysAt(source, field.path)) offer(candidate);
    const chosen = best ?? nullKey;
    key += field.descending ? inverted(chosen) : chosen;
  }
  return key;
}

/** The keys under which the value at a path is found: one, or one for each element of an array at its end. */
export function keysAt(source: FieldSource, path: Path): string[] {
  const [name, ...deeper] = path;
  const direct = deeper.length === 0 ? source.get(name ?? '') : undefined;
  if (deeper.length === 0 && !Array.isArray(direct))
    return [direct === undefined ? nullKey : orderKey(direct)];
  const keys = new Set<string>();
  walkPath(source, path, 'whole', (value) => {
    if (Array.isArray(value)) {
      if (value.length === 0) keys.add(emptyArrayKey);
      for (const element of value) keys.add(orderKey(element));
    } else keys.add(value === undefined ? nullKey : orderKey(value));
    return false;
  });
  if (keys.size === 0) keys.add(nullKey);
  return [...keys];
}

/** Sorts by a spec; documents that are equal under it keep their order. */
export function sortBy<T>(
  items: readonly T[],
  fields: readonly SortField[],
  read: (item: T) => FieldSource,
): T[] {
  const keyed = items.map((item) => ({ item, key: sortKey(read(item), fields) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ item }) => item);
}

/** Compares two values the way a sort does, for sorting inside an array. */
export function valueOrder(left: Value, right: Value): number {
  const a = orderKey(left);
  const b = orderKey(right);
  return a < b ? -1 : a > b ? 1 : 0;
}
