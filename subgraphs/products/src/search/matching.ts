import type { CategoryTree } from '../domain/category.js';
import { type Filter, isPriceBounded } from '../domain/filter.js';
import type { Rows } from './rows.js';
import type { Scores } from './word-index.js';

/** One condition of a filter; the values inside it are alternatives. */
export interface Dimension {
  /** `category`, `brand`, `price` or `attribute.<id>`: also the id of its facet. */
  readonly id: string;
  readonly accepts: (row: number) => boolean;
}

/** Which rows answer a query, and which would if one condition were dropped. */
export interface Matches {
  readonly count: number;
  has(row: number): boolean;
  /** A test for rows that answer or fail only the condition `dimension`: what that facet counts. */
  without(dimension: string): (row: number) => boolean;
  /** What `has` and `without` look at, for loops that cannot afford a call: a row's verdict ... */
  readonly verdicts: Uint8Array;
  /** ... and the verdict of rows that fail only `dimension`; `MATCH` if nothing is filtered by it. */
  failing(dimension: string): number;
}

/** The verdict of a row that answers. From 1 up: the number of the only condition that fails. */
export const MATCH = 0;
/** The verdict of a row that fails several conditions, or is no candidate. */
export const NO_MATCH = 255;
/** More conditions than fit in a verdict; nobody filters by so many. */
const MOST_DIMENSIONS = 250;

/** @param scores rows without a score are no candidates; undefined means all are */
export function matchRows(
  rows: Rows,
  tree: CategoryTree,
  filter: Filter,
  scores: Scores | undefined,
): Matches {
  const dimensions = dimensionsOf(rows, tree, filter).slice(0, MOST_DIMENSIONS);
  const verdicts = new Uint8Array(rows.count).fill(NO_MATCH);
  let count = 0;
  for (let row = 0; row < rows.count; row += 1) {
    if (!rows.alive(row) || (scores && (scores[row] ?? 0) === 0)) continue;
    let verdict = MATCH;
    for (let index = 0; index < dimensions.length; index += 1) {
      if (dimensions[index]?.accepts(row) === true) continue;
      if (verdict !== MATCH) {
        verdict = NO_MATCH;
        break;
      }
      verdict = index + 1;
    }
    verdicts[row] = verdict;
    if (verdict === MATCH) count += 1;
  }
  const numbers = new Map(dimensions.map(({ id }, index) => [id, index + 1]));
  const failing = (dimension: string): number => numbers.get(dimension) ?? MATCH;
  return {
    count,
    has: (row) => verdicts[row] === MATCH,
    verdicts,
    failing,
    without(dimension) {
      const number = failing(dimension);
      return (row) => verdicts[row] === MATCH || verdicts[row] === number;
    },
  };
}

function dimensionsOf(rows: Rows, tree: CategoryTree, filter: Filter): Dimension[] {
  const dimensions: Dimension[] = [];
  if (filter.categories.length > 0) {
    const leaves = filter.categories.flatMap((slug) => tree.leavesOf(slug));
    const wanted = new Set(leaves.map(({ slug }) => rows.categories.find(slug)));
    dimensions.push({ id: 'category', accepts: (row) => wanted.has(rows.category.at(row)) });
  }
  if (filter.brands.length > 0) {
    const wanted = new Set(filter.brands.map((brand) => rows.brands.find(brand)));
    dimensions.push({ id: 'brand', accepts: (row) => wanted.has(rows.brand.at(row)) });
  }
  if (isPriceBounded(filter)) {
    const { minMinor, maxMinor } = filter.price;
    const prices = rows.price.cells();
    dimensions.push({
      id: 'price',
      accepts: (row) => (prices[row] ?? 0) >= minMinor && (prices[row] ?? 0) <= maxMinor,
    });
  }
  for (const [attribute, values] of filter.attributes) {
    const wanted = new Set(values.map((value) => rows.attributeValues.find(`${attribute}\0${value}`)));
    dimensions.push({ id: `attribute.${attribute}`, accepts: (row) => hasAnyValue(rows, row, wanted) });
  }
  return dimensions;
}

function hasAnyValue(rows: Rows, row: number, wanted: ReadonlySet<number>): boolean {
  const end = rows.valueStart.at(row + 1);
  for (let index = rows.valueStart.at(row); index < end; index += 1) {
    if (wanted.has(rows.values.at(index))) return true;
  }
  return false;
}
