import type { Rows } from './rows.js';

/** The orders that are kept ready. `RELEVANCE` without a query is `FEATURED`. */
export type StoredSort = 'FEATURED' | 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC' | 'NAME_ASC';
export const STORED_SORTS: readonly StoredSort[] = [
  'FEATURED',
  'NEWEST',
  'PRICE_ASC',
  'PRICE_DESC',
  'NAME_ASC',
];

/** Where a product stands in an order: ascending by the first part, then by its id. */
export type SortKey = readonly [value: number | string, id: string];

/** A row's key. Descending orders turn the sign, so that every order is ascending. */
export function sortKey(rows: Rows, sort: StoredSort, row: number): SortKey {
  return [sortValue(rows, sort, row), rows.id(row)];
}

function sortValue(rows: Rows, sort: StoredSort, row: number): number | string {
  switch (sort) {
    case 'FEATURED':
      return -rows.popularity.at(row);
    case 'NEWEST':
      return -rows.createdAt.at(row);
    case 'PRICE_ASC':
      return rows.price.at(row);
    case 'PRICE_DESC':
      return -rows.price.at(row);
    case 'NAME_ASC':
      return rows.sortName(row);
  }
}

export function compareKeys(a: SortKey, b: SortKey): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] === b[1]) return 0;
  return a[1] < b[1] ? -1 : 1;
}

/** Compares two rows without making keys: the hot path of building an order. */
export function rowComparer(rows: Rows, sort: StoredSort): (a: number, b: number) => number {
  return (a, b) => {
    const left = sortValue(rows, sort, a);
    const right = sortValue(rows, sort, b);
    if (left !== right) return left < right ? -1 : 1;
    const [leftId, rightId] = [rows.id(a), rows.id(b)];
    if (leftId === rightId) return a - b;
    return leftId < rightId ? -1 : 1;
  };
}
