import type { CategoryTree } from '../domain/category.js';
import { type Filter, isPriceBounded } from '../domain/filter.js';
import type { Rows } from './rows.js';

/** One condition of a filter; the values inside it are alternatives. */
export interface Dimension {
  /** `category`, `brand`, `price` or `attribute.<id>`: also the id of its facet. */
  readonly id: string;
  readonly accepts: (row: number) => boolean;
}

/** Which rows answer a query, and which would if one condition were dropped. */
export interface Matches {
  readonly count: number;
  /** Rows that were looked at, each once and in the order of `among` ... */
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

/** @param among the rows that are looked at, dead ones included; undefined means all */
export function matchRows(
  rows: Rows,
  tree: CategoryTree,
  filter: Filter,
  among: Int32Array | undefined,
): Matches {
  const dimensions = dimensionsOf(rows, tree, filter).slice(0, MOST_DIMENSIONS);
  const candidates = among ?? rows.all();
  const takesAll = dimensions.length === 0 && rows.living === rows.count;
  const { verdicts, count } = takesAll
    ? { verdicts: allMatch(candidates.length), count: candidates.length }
    : judge(rows, candidates, dimensions);
  const numbers = new Map(dimensions.map(({ id }, index) => [id, index + 1]));
  const failing = (dimension: string): number => numbers.get(dimension) ?? MATCH;
  const chosen = new Map<number, Int32Array>();
  const chooseAlso = (number: number): Int32Array => {
    const known =
      chosen.get(number) ?? (count === candidates.length ? candidates : choose(candidates, verdicts, number));
    chosen.set(number, known);
    return known;
  };
  return {
    count,
    rows: candidates,
    verdicts,
    failing,
    answering: () => chooseAlso(MATCH),
    without: (dimension) => chooseAlso(failing(dimension)),
  };
}

function judge(
  rows: Rows,
  candidates: Int32Array,
  dimensions: readonly Dimension[],
): { verdicts: Uint8Array; count: number } {
  const verdicts = new Uint8Array(candidates.length);
  let count = 0;
  for (let place = 0; place < candidates.length; place += 1) {
    const row = candidates[place] ?? 0;
    let verdict = rows.alive(row) ? MATCH : NO_MATCH;
    for (let index = 0; index < dimensions.length && verdict !== NO_MATCH; index += 1) {
      if (dimensions[index]?.accepts(row) === true) continue;
      verdict = verdict === MATCH ? index + 1 : NO_MATCH;
    }
    verdicts[place] = verdict;
    if (verdict === MATCH) count += 1;
  }
  return { verdicts, count };
}

let matching = new Uint8Array(1_024);
/** So many verdicts, all {@link MATCH}. They are for all who need some: most searches filter by nothing. */
function allMatch(length: number): Uint8Array {
  if (length > matching.length) matching = new Uint8Array(length * 2);
  return matching.subarray(0, length);
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

/** The numbers of the leaves that a filter names, departments as all of theirs. */
export function categoriesWanted(
  rows: Rows,
  tree: CategoryTree,
  { categories }: Filter,
): ReadonlySet<number> {
  const leaves = categories.flatMap((slug) => tree.leavesOf(slug));
  return new Set(leaves.map(({ slug }) => rows.categories.find(slug)));
}

function dimensionsOf(rows: Rows, tree: CategoryTree, filter: Filter): Dimension[] {
  const dimensions: Dimension[] = [];
  if (filter.categories.length > 0) {
    const wanted = categoriesWanted(rows, tree, filter);
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
