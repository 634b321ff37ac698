import { type Product, filterableValues, lowestPrice } from '../domain/product.js';
import { type Column, createColumn } from './column.js';
import { type Dictionary, createDictionary } from './dictionary.js';

/** What the index keeps of a product. */
export type IndexedProduct = Omit<Product, 'ratingTenths' | 'origin' | 'slug'>;

/** An attribute's id, and one of its values. */
export interface AttributeValue {
  readonly attribute: string;
  readonly value: string;
}

/**
 * Published products as columns. A row is never changed: a product that changes gets a new row and its old one dies,
 * so whatever points at rows stays valid and postings stay sorted.
 */
export interface Rows {
  /** Rows ever made, dead ones included. */
  readonly count: number;
  readonly living: number;
  /** All rows, dead ones included. */
  all(): Int32Array;
  add(product: IndexedProduct): number;
  kill(row: number): void;
  alive(row: number): boolean;
  /** The living row of a product. */
  rowOf(productId: string): number | undefined;
  id(row: number): string;
  /** For sorting by name: lower case, without accents. */
  sortName(row: number): string;
  version(row: number): number;
  /** What makes a good answer better because people like it: from 1 up. */
  liking(row: number): number;
  readonly price: Column;
  readonly popularity: Column;
  /** Seconds since 1970. */
  readonly createdAt: Column;
  /** Tells products of equal rank apart quickly; see `hashId`. */
  readonly idHash: Column;
  readonly category: Column;
  readonly brand: Column;
  /** The rows of a category by its number, dead ones included. */
  inCategory(category: number): Int32Array;
  /** Row `r` has the attribute values from `valueStart.at(r)` up to `valueStart.at(r + 1)`. */
  readonly valueStart: Column;
  readonly values: Column;
  readonly categories: Dictionary;
  readonly brands: Dictionary;
  /** Numbers of `attribute NUL value`. */
  readonly attributeValues: Dictionary;
  /** The attribute's number of an attribute value's number. */
  readonly attributeOfValue: Column;
  readonly attributes: Dictionary;
  /** The number of the set of attributes that a row has: products of one kind have the same. */
  readonly attributeSet: Column;
  /** The attributes of each set, by its number. */
  readonly attributeSets: readonly (readonly number[])[];
  label(attribute: number): string;
}

/** A 32-bit number of an id: comparing it is much cheaper than comparing the id. */
export function hashId(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}

/** Rows of one category that there is room for at first. */
const SMALL = 16;
const NO_ROWS = new Int32Array(0);
const filled = (column: Column): Int32Array => column.cells().subarray(0, column.length);

/** @example const rows = createRows(); const row = rows.add(product); */
export function createRows(): Rows {
  const ids: string[] = [];
  const names: string[] = [];
  const labels: string[] = [];
  const likings: number[] = [];
  const rowsById = new Map<string, number>();
  const [categories, brands, attributes, attributeValues, setNames] = [
    createDictionary(),
    createDictionary(),
    createDictionary(),
    createDictionary(),
    createDictionary(),
  ];
  const numbers = createColumn();
  const attributeOfValue = createColumn();
  const attributeSet = createColumn();
  const attributeSets: (readonly number[])[] = [];
  const living = createColumn();
  const version = createColumn();
  const price = createColumn();
  const popularity = createColumn();
  const createdAt = createColumn();
  const idHash = createColumn();
  const category = createColumn();
  const rowsByCategory: Column[] = [];
  const brand = createColumn();
  const values = createColumn();
  const valueStart = createColumn();
  valueStart.push(0);

  const addValues = (product: IndexedProduct): void => {
    const numbers: number[] = [];
    for (const { id, label, value } of filterableValues(product)) {
      const known = attributeValues.size;
      const number = attributeValues.add(`${id}\0${value}`);
      if (number === known) attributeOfValue.push(attributes.add(id));
      labels[attributeOfValue.at(number)] ??= label;
      values.push(number);
      numbers.push(number);
    }
    valueStart.push(values.length);
    attributeSet.push(setOf(new Set(numbers.map((number) => attributeOfValue.at(number)))));
  };
  const setOf = (found: ReadonlySet<number>): number => {
    const sorted = [...found].sort((a, b) => a - b);
    const number = setNames.add(sorted.join());
    attributeSets[number] ??= sorted;
    return number;
  };

  return {
    get count() {
      return ids.length;
    },
    get living() {
      return rowsById.size;
    },
    all: () => filled(numbers),
    add(product) {
      const row = ids.push(product.id) - 1;
      numbers.push(row);
      names.push(
        product.name
          .normalize('NFKD')
          .replace(/[\u0300-\u036f]/g, '')
          .toLowerCase(),
      );
      rowsById.set(product.id, row);
      living.push(1);
      version.push(product.version);
      price.push(lowestPrice(product));
      popularity.push(product.popularity);
      likings.push(1 + Math.log10(1 + product.popularity) / 30);
      createdAt.push(Math.floor(product.createdAt.getTime() / 1_000));
      idHash.push(hashId(product.id));
      const leaf = categories.add(product.categorySlug);
      category.push(leaf);
      (rowsByCategory[leaf] ??= createColumn(SMALL)).push(row);
      brand.push(brands.add(product.brand));
      addValues(product);
      return row;
    },
    kill(row) {
      living.set(row, 0);
      rowsById.delete(ids[row] ?? '');
    },
    alive: (row) => living.at(row) === 1,
    rowOf: (productId) => rowsById.get(productId),
    id: (row) => ids[row] ?? '',
    sortName: (row) => names[row] ?? '',
    version: (row) => version.at(row),
    liking: (row) => likings[row] ?? 1,
    price,
    popularity,
    createdAt,
    idHash,
    category,
    brand,
    inCategory(number) {
      const own = rowsByCategory[number];
      return own ? filled(own) : NO_ROWS;
    },
    valueStart,
    values,
    categories,
    brands,
    attributeValues,
    attributeOfValue,
    attributes,
    attributeSet,
    attributeSets,
    label: (attribute) => labels[attribute] ?? attributes.text(attribute),
  };
}
