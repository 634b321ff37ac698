import { isNumericPathPart } from '../query/path.js';
import type { Filter } from '../query/filter.js';
import type { SortField } from '../query/sort.js';
import { boundsOf, type Bounds, type Interval } from './bounds.js';
import type { Collection } from './collection.js';
import type { CollectionIndex } from './collection-index.js';
import { impliesIndex } from './implies.js';
import { intersect, invert, normalise, type KeyRange } from './intervals.js';
import type { StoredDocument } from './stored-document.js';

/** Where a query will look, and whether what it finds is already in the order asked for. */
export interface Plan {
  /** The index used, or `scan` for the whole collection. */
  readonly name: string;
  readonly sorted: boolean;
  readonly candidates: () => Iterable<StoredDocument>;
}

interface Choice extends Plan {
  readonly cost: number;
}

/** The most combinations of points (from `$in` on several fields) an index is probed with. */
const maxRanges = 2_000;

/**
 * Chooses how to find the documents for a query: by `_id`, by the index that leaves the fewest documents to look at
 * (counting is exact and cheap), or by a scan.
 *
 * @param limit how many documents are wanted, `Infinity` for all
 */
export function choosePlan(
  collection: Collection,
  filter: Filter,
  sort: readonly SortField[],
  limit: number,
): Plan {
  const bounds = boundsOf(filter);
  const byId = idPoints(bounds);
  if (byId !== undefined) return lookUp(collection, byId, sort.length === 0 || byId.length <= 1);
  let best: Choice = {
    name: 'scan',
    sorted: sort.length === 0,
    candidates: () => collection.documents(),
    cost: cost(collection.size, sort.length === 0, limit),
  };
  if (bounds.size === 0 && sort.length === 0) return best;
  for (const index of collection.queryIndexes()) {
    if (!isRelevant(index, bounds, sort) || !impliesIndex(filter, bounds, index.spec)) continue;
    const choice = tryIndex(index, bounds, sort, limit);
    if (choice.cost < best.cost) best = choice;
  }
  return best;
}

function idPoints(bounds: Bounds): string[] | undefined {
  for (const list of bounds.get('_id') ?? []) {
    if (list.every((each) => each.point !== undefined))
      return normalise(list).map((each) => each.point ?? '');
  }
  return undefined;
}

function lookUp(collection: Collection, keys: readonly string[], sorted: boolean): Plan {
  const find = (): StoredDocument[] => {
    const found = keys.map((key) => collection.byIdKey(key)).filter((document) => document !== undefined);
    return found.length > 1 ? found.sort((a, b) => a.number - b.number) : found;
  };
  return { name: '_id_', sorted, candidates: find };
}

/** Documents to look at, and half a look for each comparison of a sort that is still to be done. */
function cost(documents: number, sorted: boolean, limit: number): number {
  // with the order given, reading stops early; one in four is a guess at how many of them match
  if (sorted) return Math.min(documents, limit * 4);
  return documents + (documents * Math.log2(documents + 1)) / 2;
}

function isRelevant(index: CollectionIndex, bounds: Bounds, sort: readonly SortField[]): boolean {
  const [first] = index.spec.fields;
  return first !== undefined && (bounds.has(first.name) || first.name === sort[0]?.name);
}

function tryIndex(index: CollectionIndex, bounds: Bounds, sort: readonly SortField[], limit: number): Choice {
  const { items } = index; // builds it, which also tells whether it is multikey
  const { ranges, fixed } = keyRanges(index, bounds);
  const direction = sortDirection(index, fixed, sort);
  const sorted = sort.length === 0 || direction !== undefined;
  let documents = 0;
  for (const range of ranges) documents += items.count(range.from, range.to);
  return {
    name: index.spec.name,
    sorted,
    cost: cost(documents, sorted, limit) + 1,
    candidates: () => walk(index, ranges, direction === 'backward'),
  };
}

function* walk(
  index: CollectionIndex,
  ranges: readonly KeyRange[],
  backward: boolean,
): Generator<StoredDocument> {
  const seen = index.multikey.size > 0 ? new Set<number>() : undefined;
  for (const range of backward ? [...ranges].reverse() : ranges) {
    const items = backward
      ? index.items.descending(range.from, range.to)
      : index.items.ascending(range.from, range.to);
    for (const { document } of items) {
      if (seen?.has(document.number)) continue;
      seen?.add(document.number);
      yield document;
    }
  }
}

/** The stretches of the index to read, in order, and the names of fields that have one value throughout. */
function keyRanges(index: CollectionIndex, bounds: Bounds): { ranges: KeyRange[]; fixed: Set<string> } {
  let ranges: KeyRange[] = [{ from: '', to: '\uffff' }];
  let prefixes = [''];
  const fixed = new Set<string>();
  for (const field of index.spec.fields) {
    const intervals = fieldIntervals(bounds.get(field.name), index.multikey.has(field.name));
    if (intervals === undefined || prefixes.length * intervals.length > maxRanges) break;
    const turned = field.descending ? intervals.map(invert).reverse() : intervals;
    ranges = prefixes.flatMap((prefix) =>
      turned.map(({ from, to }) => ({ from: prefix + from, to: prefix + to })),
    );
    if (!turned.every((each) => each.point !== undefined)) break;
    prefixes = prefixes.flatMap((prefix) => turned.map(({ point }) => prefix + (point ?? '')));
    if (intervals.length === 1) fixed.add(field.name);
  }
  return { ranges, fixed };
}

/** Where there are arrays, two conditions may be met by two different elements, so only one of them narrows. */
function fieldIntervals(
  lists: readonly (readonly Interval[])[] | undefined,
  multikey: boolean,
): readonly Interval[] | undefined {
  if (lists === undefined) return undefined;
  const [first = [], ...rest] = lists.map(normalise);
  if (!multikey) return rest.reduce(intersect, first);
  return [first, ...rest].reduce((best, next) => (width(next) < width(best) ? next : best));
}

function width(intervals: readonly Interval[]): number {
  return intervals.every((each) => each.point !== undefined) ? intervals.length : Number.MAX_SAFE_INTEGER;
}

/**
 * How to walk the index so that documents come in the order asked for. Fields held at one key are passed over; where
 * there are arrays that says where to look in the index, but not that all documents sort alike.
 */
function sortDirection(
  { spec, multikey }: CollectionIndex,
  fixed: ReadonlySet<string>,
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  const wanted = sort.filter(({ name }) => !fixed.has(name) || multikey.has(name));
  if (wanted.some(({ name, path }) => multikey.has(name) || path.some(isNumericPathPart))) return undefined;
  let direction: 'forward' | 'backward' | undefined;
  let at = 0;
  for (const field of spec.fields) {
    const next = wanted[at];
    if (next === undefined) break;
    if (fixed.has(field.name)) continue;
    if (field.name !== next.name) return undefined;
    const needed = field.descending === next.descending ? 'forward' : 'backward';
    if (direction !== undefined && direction !== needed) return undefined;
    direction = needed;
    at += 1;
  }
  return at === wanted.length ? (direction ?? 'forward') : undefined;
}
