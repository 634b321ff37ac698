import { AppError } from '@souk/kit/errors';
import { once } from '@souk/kit/lifecycle';
import type { CategoryTree } from '../domain/category.js';
import type { Filter } from '../domain/filter.js';
import { queryWords, wordsOf } from '../domain/words.js';
import { createBest } from './best-rows.js';
import { type CategorySearch, createCategorySearch } from './category-search.js';
import { type Outcome, correctionsOf, putRight } from './corrections.js';
import { type Facet, facetsOf } from './facets.js';
import { createMarks } from './marks.js';
import { MATCH, type Matches, categoriesWanted, matchRows } from './matching.js';
import { createRecentAnswers } from './recent-answers.js';
import { type IndexedProduct, createRows } from './rows.js';
import {
  STORED_SORTS,
  type SortKey,
  type StoredSort,
  compareKeys,
  rowComparer,
  sortKey,
} from './sort-key.js';
import { type SortedOrder, createSortedOrder } from './sorted-order.js';
import { type Scores, createWordIndex } from './word-index.js';

export type Sort = StoredSort | 'RELEVANCE';

/** What is asked of the index. */
export interface Listing {
  /** Empty for everything. */
  readonly query: string;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly limit: number;
  /** The key of the last product of the page before, as it came with that product. */
  readonly after: readonly (string | number)[] | undefined;
}

/** A product's place in a list. */
export interface Hit {
  readonly id: string;
  /** Goes into the cursor: the order's name and the product's key in it. */
  readonly key: readonly (string | number)[];
}

/** A page of ids with what is known about the whole. */
export interface Found {
  /** At most `limit`. */
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly hasMore: boolean;
  /** False if no product has all words of the query: these have some of them. */
  readonly hasAllWords: boolean;
  /** Counted at the first call: only those who ask pay. */
  facets(): readonly Facet[];
  /**
   * The query, as this shopper wrote it, with its misspelt words put right; null if it finds plenty, or nothing better is
   * known. What is misspelt is looked for at the first call.
   */
  didYouMean(query: string): string | null;
}

/** Suggestions under a search box. */
export interface Suggestions {
  readonly queries: readonly string[];
  readonly productIds: readonly string[];
  readonly categorySlugs: readonly string[];
}

/** Published products of this process, ready to be listed, searched and counted. */
export interface CatalogueIndex {
  readonly size: number;
  /** Rows of products as they were before: memory that only a new index gives back. */
  readonly waste: number;
  /** Takes in products, each in place of what it was before. Older versions than the one it has are ignored. */
  put(products: readonly IndexedProduct[]): void;
  /** Takes a product out; an older version of it does not come back in. */
  hide(productId: string, version: number): void;
  find(listing: Listing): Found;
  suggest(query: string, first: number): Suggestions;
  /** Published products in a leaf, or in all leaves of a department. */
  countIn(slug: string): number;
}

/** @example const index = createCatalogueIndex(tree); index.put(products); index.find(listing).hits; */
export function createCatalogueIndex(tree: CategoryTree): CatalogueIndex {
  const rows = createRows();
  const words = createWordIndex();
  const categories: CategorySearch = createCategorySearch(tree);
  const perLeaf = new Map<string, number>();
  /** Reads overtake each other: without its version, a product that was hidden could be put back by a slow one. */
  const hidden = new Map<string, number>();
  const orders = new Map<StoredSort, SortedOrder>(
    STORED_SORTS.map((sort) => [sort, createSortedOrder(rowComparer(rows, sort))]),
  );
  const order = (sort: StoredSort): SortedOrder => {
    const found = orders.get(sort);
    if (!found) throw new Error(`There is no order ${sort}. Add it to STORED_SORTS.`);
    return found;
  };
  const answers = createRecentAnswers();
  const marks = createMarks();
  const countLeaf = (slug: string, change: number): void => {
    perLeaf.set(slug, (perLeaf.get(slug) ?? 0) + change);
  };
  const remove = (productId: string): void => {
    const row = rows.rowOf(productId);
    if (row === undefined) return;
    for (const each of orders.values()) each.remove(row);
    rows.kill(row);
    countLeaf(rows.categories.text(rows.category.at(row)), -1);
  };
  const addWords = (row: number, product: IndexedProduct): void => {
    const leaf = tree.get(product.categorySlug);
    const department = tree.get(leaf?.parentSlug ?? '');
    words.add(row, {
      name: [product.name],
      brand: [product.brand],
      category: [leaf?.name ?? '', department?.name ?? ''],
      attribute: [
        ...product.attributes.map(({ value }) => value),
        ...product.variants.flatMap(({ options }) => options.map(({ value }) => value)),
      ],
      description: [product.description],
    });
  };
  const scoresFor = (query: string): Scores | undefined => {
    const wanted = queryWords(query);
    return wanted.length === 0 ? undefined : words.score(wanted, rows.count);
  };

  /** A row's place in the order of relevance: ascending, like every other order. */
  const placeOf = (row: number, worth: number): number => -relevance(worth, rows.liking(row));
  const pageInOrder = (listing: Listing, sort: StoredSort, matches: Matches) => {
    const sorted = order(sort);
    const after = afterKey(listing.after, sort);
    const start = after ? sorted.firstWhere((row) => compareKeys(sortKey(rows, sort, row), after) > 0) : 0;
    return marks.during(matches.answering(), rows.count, (isMarked) => {
      const hits: Hit[] = [];
      for (let index = start; index < sorted.length && hits.length <= listing.limit; index += 1) {
        const row = sorted.at(index);
        if (isMarked(row)) hits.push({ id: rows.id(row), key: [sort, ...sortKey(rows, sort, row)] });
      }
      return hits;
    });
  };
  /** @param matches of the rows of `scores`, in the same order */
  const pageByScore = (listing: Listing, { rows: found, worth }: Scores, { verdicts }: Matches) => {
    const after = afterKey(listing.after, 'RELEVANCE');
    const best = createBest<ScoreKey>(listing.limit + 1, compareKeys);
    for (let place = 0; place < found.length; place += 1) {
      if (verdicts[place] !== MATCH) continue;
      const row = found[place] ?? 0;
      const value = placeOf(row, worth[place] ?? 0);
      if (value > (best.worst()?.[0] ?? Infinity)) continue;
      const key: ScoreKey = [value, rows.id(row)];
      if (!after || compareKeys(key, after) > 0) best.offer(key);
    }
    return best.items().map((key) => ({ id: key[1], key: ['RELEVANCE', ...key] }));
  };

  /** The rows of categories, so that nobody looks at all others; undefined if none is named. */
  const rowsIn = (filter: Filter): Int32Array | undefined => {
    if (filter.categories.length === 0) return undefined;
    const parts = [...categoriesWanted(rows, tree, filter)].map((category) => rows.inCategory(category));
    const joined = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let filled = 0;
    for (const part of parts) {
      joined.set(part, filled);
      filled += part.length;
    }
    return joined;
  };

  const countOver = (filter: Filter, matches: Matches) => (): readonly Facet[] =>
    facetsOf({ rows, tree, filter, matches });
  /** Of a list that may be of one category: the facet of categories counts what stands in others, too. */
  const countOverAll = (filter: Filter) => (): readonly Facet[] =>
    facetsOf({ rows, tree, filter, matches: matchRows(rows, tree, filter, undefined) });

  const outcomeOf = (query: string, filter: Filter): Outcome => {
    const scores = scoresFor(query);
    if (!scores) return { total: 0, hasAllWords: false };
    return { total: matchRows(rows, tree, filter, scores.rows).count, hasAllWords: scores.haveAllWords };
  };
  const correcting = (listing: Listing, found: Outcome): Found['didYouMean'] => {
    const corrections = once(() =>
      correctionsOf(listing.query, found, {
        words,
        outcomeOf: (query) => outcomeOf(query, listing.filter),
      }),
    );
    return (query) => {
      const known = corrections();
      return known && putRight(query, known);
    };
  };

  const find = (listing: Listing): Found => {
    const { filter } = listing;
    const scores = scoresFor(listing.query);
    const hasAllWords = scores?.haveAllWords ?? true;
    const inCategories = scores ? undefined : rowsIn(filter);
    const matches = matchRows(rows, tree, filter, scores?.rows ?? inCategories);
    const byScore = listing.sort === 'RELEVANCE' && scores !== undefined;
    const sort = listing.sort === 'RELEVANCE' ? 'FEATURED' : listing.sort;
    const hits = byScore ? pageByScore(listing, scores, matches) : pageInOrder(listing, sort, matches);
    return {
      hits: hits.slice(0, listing.limit),
      hasMore: hits.length > listing.limit,
      total: matches.count,
      hasAllWords,
      facets: once(scores ? countOver(filter, matches) : countOverAll(filter)),
      didYouMean: correcting(listing, { total: matches.count, hasAllWords }),
    };
  };

  return {
    get size() {
      return rows.living;
    },
    get waste() {
      return rows.count - rows.living;
    },
    put(products) {
      answers.clear();
      const added: number[] = [];
      for (const product of products) {
        const present = rows.rowOf(product.id);
        const known = present === undefined ? hidden.get(product.id) : rows.version(present);
        if (known !== undefined && known >= product.version) continue;
        hidden.delete(product.id);
        remove(product.id);
        const row = rows.add(product);
        addWords(row, product);
        countLeaf(product.categorySlug, 1);
        added.push(row);
      }
      for (const each of orders.values()) each.add(added);
    },
    hide(productId, version) {
      const row = rows.rowOf(productId);
      if (row !== undefined && rows.version(row) >= version) return;
      answers.clear();
      remove(productId);
      hidden.set(productId, Math.max(version, hidden.get(productId) ?? 0));
    },
    find: (listing) => answers.of(listing, () => find(listing)),
    suggest(query, first) {
      const typed = wordsOf(query);
      const last = typed.at(-1);
      const scores = scoresFor(query);
      if (last === undefined || !scores) return { queries: [], productIds: [], categorySlugs: [] };
      const best = createBest<ScoreKey>(first, compareKeys);
      for (let place = 0; place < scores.rows.length; place += 1) {
        const row = scores.rows[place] ?? 0;
        if (rows.alive(row)) best.offer([placeOf(row, scores.worth[place] ?? 0), rows.id(row)]);
      }
      const before = typed.slice(0, -1).join(' ');
      return {
        queries: words.completions(last, scores, 5).map((word) => `${before} ${word}`.trim()),
        productIds: best.items().map(([, id]) => id),
        categorySlugs: categories(query)
          .filter((slug) => perLeafTotal(slug) > 0)
          .slice(0, 4),
      };
    },
    countIn: perLeafTotal,
  };

  function perLeafTotal(slug: string): number {
    return tree.leavesOf(slug).reduce((sum, leaf) => sum + (perLeaf.get(leaf.slug) ?? 0), 0);
  }
}

/** A row's place in the order of relevance. */
type ScoreKey = readonly [value: number, id: string];

/** A good answer first; among equals, what people like. Rounded, so that a cursor can name it. */
const relevance = (score: number, liking: number): number => Math.round(score * liking * 10_000) / 10_000;

/** @throws AppError BAD_USER_INPUT for a cursor of another order */
function afterKey(after: Listing['after'], sort: Sort): SortKey | undefined {
  if (!after) return undefined;
  const [of, value, id] = after;
  if (of === sort && value !== undefined && typeof id === 'string') return [value, id];
  throw new AppError(
    'BAD_USER_INPUT',
    '"after" belongs to a list with another order. Ask for the first page again when the order changes.',
  );
}
