import { catalogue, categories } from '@souk/demo-data/catalogue';
import { describe, expect, it } from 'vitest';
import { createCategoryTree } from '../domain/category.js';
import { toFilter } from '../domain/filter.js';
import { type Listing, createCatalogueIndex } from './catalogue-index.js';
import type { IndexedProduct } from './rows.js';

const tree = createCategoryTree(categories);
const products: IndexedProduct[] = [...catalogue({ products: 400 })].map((product) => ({
  ...product,
  published: true,
  version: 1,
  createdAt: new Date(product.createdAt),
}));
const fresh = (some = products) => {
  const index = createCatalogueIndex(tree);
  index.put(some);
  return index;
};
const everything: Listing = {
  query: '',
  filter: toFilter(null),
  sort: 'FEATURED',
  limit: 1_000,
  after: undefined,
};
const idsOf = (index: ReturnType<typeof fresh>, listing: Partial<Listing> = {}): string[] =>
  index.find({ ...everything, ...listing }).hits.map(({ id }) => id);
const [one] = products as [IndexedProduct];

describe('changes', () => {
  it('replace a product; older versions and repetitions change nothing', () => {
    const index = fresh();
    index.put([{ ...one, version: 3, name: 'Xyloquart' }]);
    expect(idsOf(index, { query: 'xyloquart' })).toEqual([one.id]);
    index.put([{ ...one, version: 2, name: 'Older' }]);
    index.put([{ ...one, version: 3, name: 'Again' }]);
    expect([idsOf(index, { query: 'xyloquart' }), index.size, index.waste]).toEqual([[one.id], 400, 1]);
  });

  it('hide a product from a slow reader of its past, until it is published anew', () => {
    const index = fresh();
    index.hide(one.id, 2);
    index.put([one]);
    expect(idsOf(index)).not.toContain(one.id);
    index.hide('never seen', 5);
    expect(index.size).toBe(399);
    index.put([{ ...one, version: 3 }]);
    index.hide(one.id, 2);
    expect(idsOf(index)).toContain(one.id);
  });

  it('are seen by whoever has asked the same before', () => {
    const index = fresh();
    const search: Partial<Listing> = { query: one.name, sort: 'RELEVANCE' };
    const facetCount = () => index.find({ ...everything, ...search }).facets()[0]?.values[0]?.count ?? 0;
    const before = facetCount();
    expect(idsOf(index, search)).toContain(one.id);
    index.hide(one.id, 2);
    expect(idsOf(index, search)).not.toContain(one.id);
    expect(facetCount()).toBe(before - 1);
    index.put([{ ...one, version: 3 }]);
    expect(idsOf(index, search)).toContain(one.id);
    expect(facetCount()).toBe(before);
  });

  it('move a product between categories, prices and orders', () => {
    const index = fresh();
    const leaf = one.categorySlug === 'tents' ? 'sofas' : 'tents';
    const before = [index.countIn(one.categorySlug), index.countIn(leaf)] as const;
    const variants = one.variants.map((variant) => ({ ...variant, priceMinor: 1 }));
    index.put([{ ...one, version: 2, categorySlug: leaf, variants }]);
    expect([index.countIn(one.categorySlug), index.countIn(leaf)]).toEqual([before[0] - 1, before[1] + 1]);
    expect(idsOf(index, { sort: 'PRICE_ASC' })[0]).toBe(one.id);
    expect(idsOf(index, { sort: 'PRICE_DESC' }).at(-1)).toBe(one.id);
    expect(new Set(idsOf(index)).size).toBe(400);
  });

  it('give the same index in whatever portions and order products arrive', () => {
    const whole = fresh();
    const bits = createCatalogueIndex(tree);
    for (const product of [...products].reverse()) bits.put([product]);
    for (const sort of ['FEATURED', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME_ASC'] as const) {
      expect(idsOf(bits, { sort })).toEqual(idsOf(whole, { sort }));
    }
    expect(idsOf(bits, { query: 'black chair', sort: 'RELEVANCE' })).toEqual(
      idsOf(whole, { query: 'black chair', sort: 'RELEVANCE' }),
    );
  });
});

describe('pages', () => {
  it('never repeat or skip a product that stays, while others come and go', () => {
    const index = fresh();
    const first = index.find({ ...everything, limit: 100, sort: 'PRICE_ASC' });
    const after = first.hits.at(-1)!.key;
    const rest = idsOf(index, { sort: 'PRICE_ASC', after });
    // The last one seen goes, a cheap one comes before it: the next page is still the next page.
    index.hide(first.hits.at(-1)!.id, 9);
    index.put([{ ...one, id: 'newcomer', variants: [{ ...one.variants[0]!, priceMinor: 1 }] }]);
    expect(idsOf(index, { sort: 'PRICE_ASC', after })).toEqual(rest);
  });
});

it('is empty gracefully', () => {
  const index = fresh([]);
  const found = index.find({ ...everything, query: 'lamp', sort: 'RELEVANCE' });
  expect([found.hits, found.total, found.hasMore, found.facets()]).toEqual([[], 0, false, []]);
  expect(index.suggest('lamp', 5)).toEqual({ queries: [], productIds: [], categorySlugs: [] });
});
