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
  /** Living rows that were looked at, each once and in no order ... */
  readonly rows: Int32Array;
  /** ... and the verdict of each, by its place in `rows`. */
  readonly verdicts: Uint8Array;
  /** The verdict of rows that fail only `dimension`; `MATCH` if nothing is filtered by it. */
  failing(dimension: string): number;
  /** The rows that answer. */
  answering(): Int32Array;
  /** The rows that answer or fail only the condition `dimension`: what that facet counts. */
  without(dimension: string): Int32Array;
}

/** The verdict of a row that answers. From 1 up: the number of the only condition that fails. */
export const MATCH = 0;
/** The verdict of a row that fails several conditions. */
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
  const candidates = living(rows, scores);
  const verdicts = new Uint8Array(candidates.length);
  let count = 0;
  for (let place = 0; place < candidates.length; place += 1) {
    const row = candidates[place] ?? 0;
    let verdict = MATCH;
    for (let index = 0; index < dimensions.length; index += 1) {
      if (dimensions[index]?.accepts(row) === true) continue;
      if (verdict !== MATCH) {
        verdict = NO_MATCH;
        break;
      }
      verdict = index + 1;
    }
    verdicts[place] = verdict;
    if (verdict === MATCH) count += 1;
  }
  const numbers = new Map(dimensions.map(({ id }, index) => [id, index + 1]));
  const failing = (dimension: string): number => numbers.get(dimension) ?? MATCH;
  let marks: Uint8Array | undefined;
  const chosen = new Map<number, Int32Array>();
  const chooseAlso = (number: number): Int32Array => {
    const known = chosen.get(number) ?? choose(candidates, verdicts, number);
    chosen.set(number, known);
    return known;
  };
  return {
    count,
    rows: candidates,
    verdicts,
    failing,
    has(row) {
      marks ??= marksOf(candidates, verdicts, rows.count);
      return marks[row] === 1;
    },
    answering: () => chooseAlso(MATCH),
    without: (dimension) => chooseAlso(failing(dimension)),
  };
}

/** The rows that answer, and those whose verdict is `number`. */
function choose(candidates: Int32Array, verdicts: Uint8Array, number: number): Int32Array {
  const rows = new Int32Array(candidates.length);
  let count = 0;
  for (let place = 0; place < candidates.length; place += 1) {
    const verdict = verdicts[place];
    if (verdict !== MATCH && verdict !== number) continue;
    rows[count] = candidates[place] ?? 0;
    count += 1;
  }
  return rows.subarray(0, count);
}

/** The rows to be looked at: those with a score, or all. */
function living(rows: Rows, scores: Scores | undefined): Int32Array {
  const found = scores?.rows;
  if (found && rows.count === rows.living) return found;
  const candidates = new Int32Array(found?.length ?? rows.count);
  let count = 0;
  for (let place = 0; place < candidates.length; place += 1) {
    const row = found ? (found[place] ?? 0) : place;
    if (!rows.alive(row)) continue;
    candidates[count] = row;
    count += 1;
  }
  return candidates.subarray(0, count);
}

/** One byte a row: 1 if it answers. */
function marksOf(candidates: Int32Array, verdicts: Uint8Array, rowCount: number): Uint8Array {
  const marks = new Uint8Array(rowCount);
  for (let place = 0; place < candidates.length; place += 1) {
    if (verdicts[place] === MATCH) marks[candidates[place] ?? 0] = 1;
  }
  return marks;
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
