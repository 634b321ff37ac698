import type { Column } from './column.js';
import { type Rows, hashId } from './rows.js';

/** The orders that are kept ready. `RELEVANCE` without a query is `FEATURED`. */
export type StoredSort = 'FEATURED' | 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC' | 'NAME_ASC';
export const STORED_SORTS: readonly StoredSort[] = [
  'FEATURED',
  'NEWEST',
  'PRICE_ASC',
  'PRICE_DESC',
  'NAME_ASC',
];

/** Where a product stands in an order: ascending by the first part, then by its id's hash and its id. */
export type SortKey = readonly [value: number | string, id: string];

/** A row's key. Descending orders turn the sign, so that every order is ascending. */
export function sortKey(rows: Rows, sort: StoredSort, row: number): SortKey {
  return [sortValue(rows, sort, row), rows.id(row)];
}

function sortValue(rows: Rows, sort: StoredSort, row: number): number | string {
  if (sort === 'NAME_ASC') return rows.sortName(row);
  const { column, sign } = numeric(rows, sort);
  return sign * column.at(row);
}

export function compareKeys(a: SortKey, b: SortKey): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return hashId(a[1]) - hashId(b[1]) || compareIds(a[1], b[1]);
}

const compareIds = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Compares two rows as `compareKeys` compares their keys, without making keys: the hot path of building an order. */
export function rowComparer(rows: Rows, sort: StoredSort): (a: number, b: number) => number {
  const { idHash } = rows;
  const tie = (a: number, b: number): number =>
    idHash.at(a) - idHash.at(b) || compareIds(rows.id(a), rows.id(b)) || a - b;
  if (sort === 'NAME_ASC') {
    return (a, b) => compareIds(rows.sortName(a), rows.sortName(b)) || tie(a, b);
  }
  const { column, sign } = numeric(rows, sort);
  return (a, b) => sign * (column.at(a) - column.at(b)) || tie(a, b);
}

function numeric(rows: Rows, sort: Exclude<StoredSort, 'NAME_ASC'>): { column: Column; sign: 1 | -1 } {
  switch (sort) {
    case 'FEATURED':
      return { column: rows.popularity, sign: -1 };
    case 'NEWEST':
      return { column: rows.createdAt, sign: -1 };
    case 'PRICE_ASC':
      return { column: rows.price, sign: 1 };
    case 'PRICE_DESC':
      return { column: rows.price, sign: -1 };
  }
}
