import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, openShop } from './__fixtures__/shop.js';

interface Node {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly brand: string;
  readonly price: { readonly amountMinor: number; readonly currency: string };
  readonly category: { readonly slug: string };
}
interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string;
  };
}
interface Facet {
  readonly id: string;
  readonly type: string;
  readonly values: readonly { id: string; label: string; count: number; selected: boolean; input: object }[];
}

const PAGE = `totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor }
  nodes { id name slug brand price { amountMinor currency } category { slug } }`;
const LIST = `query ($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) { ${PAGE} } }`;
const SEARCH = `query ($query: String!, $first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  search(query: $query, first: $first, after: $after, filter: $filter, sort: $sort) {
    ${PAGE} facets { id type values { id label count selected input } } } }`;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ products: 600 });
});
afterAll(() => shop.close());

const list = async (variables: object = {}): Promise<Page> =>
  (await shop.data<{ products: Page }>(LIST, { ...variables })).products;
const search = async (query: string, variables: object = {}): Promise<Page & { facets: readonly Facet[] }> =>
  (await shop.data<{ search: Page & { facets: readonly Facet[] } }>(SEARCH, { query, ...variables })).search;
const misspelt = async (query: string, filter: object = {}) =>
  (
    await shop.data<{ search: { didYouMean: string | null; totalCount: number } }>(
      `query ($query: String!, $filter: ProductFilter) {
        search(query: $query, filter: $filter, first: 1) { totalCount didYouMean } }`,
      { query, filter },
    )
  ).search;
const codeOf = async (query: string, variables: Record<string, unknown>): Promise<unknown> =>
  (await shop.run(query, variables)).errors?.[0]?.extensions['code'];
const everyPage = async (variables: object): Promise<Node[]> => {
  const all: Node[] = [];
  for (let after: string | undefined, more = true; more;) {
    const page: Page = await list({ ...variables, first: 100, after });
    all.push(...page.nodes);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return all;
};

describe('listing', () => {
  it('walks through all products once, in every order', async () => {
    const orders: Record<string, (a: Node, b: Node) => boolean> = {
      FEATURED: () => true,
      NEWEST: () => true,
      PRICE_ASC: (a, b) => a.price.amountMinor <= b.price.amountMinor,
      PRICE_DESC: (a, b) => a.price.amountMinor >= b.price.amountMinor,
      NAME_ASC: (a, b) => a.name.toLowerCase() <= b.name.toLowerCase(),
    };
    for (const [sort, inOrder] of Object.entries(orders)) {
      const nodes = await everyPage({ sort });
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(600);
      nodes.slice(1).forEach((node, index) => expect(inOrder(nodes[index]!, node)).toBe(true));
    }
  });

  it('tells where a page stands', async () => {
    const first = await list({ first: 2 });
    expect(first.pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      endCursor: first.edges[1]?.cursor,
    });
    const second = await list({ first: 2, after: first.pageInfo.endCursor });
    expect(second.pageInfo.hasPreviousPage).toBe(true);
    expect(second.totalCount).toBe(600);
  });

  it('takes 1 to 100, and cursors of the same order only', async () => {
    expect(await Promise.all([0, -1, 101].map((first) => codeOf(LIST, { first })))).toEqual(
      Array.from({ length: 3 }, () => 'BAD_USER_INPUT'),
    );
    const { pageInfo } = await list({ first: 1, sort: 'PRICE_ASC' });
    expect(await codeOf(LIST, { after: pageInfo.endCursor, sort: 'NEWEST' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(LIST, { after: 'garbage' })).toBe('BAD_USER_INPUT');
  });

  it('filters by everything at once; a department includes its leaves', async () => {
    const kitchen = await everyPage({ filter: { categories: ['kitchen'] } });
    const leaves = new Set(kitchen.map(({ category }) => category.slug));
    expect([...leaves].sort()).toEqual(['coffee-makers', 'cookware', 'kettles', 'knives', 'tableware']);
    const brand = kitchen[0]!.brand;
    const filter = { categories: ['kitchen'], brands: [brand], price: { minMinor: 2_000, maxMinor: 9_000 } };
    const narrow = await everyPage({ filter });
    expect(narrow).toEqual(
      kitchen.filter(
        (node) => node.brand === brand && node.price.amountMinor >= 2_000 && node.price.amountMinor <= 9_000,
      ),
    );
    expect((await list({ filter: { categories: ['nowhere'] } })).totalCount).toBe(0);
  });
});

describe('search', () => {
  it.each([
    ['headphones', 'headphones'],
    ['hedphones', 'headphones'],
    ['headpones', 'headphones'],
    ['headph', 'headphones'],
    ['smartfone', 'smartphones'],
    ['bicicles', 'bicycles'],
    ['TENT', 'tents'],
    ['Chefs knife', 'knives'],
  ])('"%s" finds %s first', async (query, leaf) => {
    const { nodes } = await search(query, { first: 3 });
    expect(nodes.map(({ category }) => category.slug)).toEqual([leaf, leaf, leaf]);
  });

  it('wants all words, looks at attributes and brands, and gives something rather than nothing', async () => {
    const black = await search('black headphones', { first: 100 });
    expect(black.totalCount).toBeGreaterThan(0);
    expect(black.totalCount).toBeLessThan((await search('headphones')).totalCount);
    const [one] = (await list({ first: 1 })).nodes;
    expect((await search(one!.brand)).nodes.every(({ brand }) => brand === one!.brand)).toBe(true);
    expect((await search('headphones zzzzqqq')).totalCount).toBeGreaterThan(0);
    expect((await search('zzzzqqqq')).totalCount).toBe(0);
  });

  it('lists everything for an empty query, and keeps its place while paging by relevance', async () => {
    expect((await search('')).totalCount).toBe(600);
    const first = await search('lamp', { first: 5 });
    const second = await search('lamp', { first: 5, after: first.pageInfo.endCursor });
    const both = await search('lamp', { first: 10 });
    expect([...first.nodes, ...second.nodes]).toEqual(both.nodes);
  });

  it.each([
    ['hedfones', 'headphones'],
    ['black hedfones', 'black headphones'],
    ['a Wirless HEDFONES', 'a wireless headphones'],
    ['kofee', 'coffee'],
    ['kofee maker', 'coffee maker'],
  ])('asks whether "%s" was meant to be "%s", which finds more', async (query, meant) => {
    expect((await misspelt(query)).didYouMean).toBe(meant);
    const { totalCount, didYouMean } = await misspelt(meant);
    expect(totalCount).toBeGreaterThan(0);
    expect(didYouMean).toBeNull();
  });

  it('asks nothing where there is plenty, nothing misspelt, or nothing better under the filter', async () => {
    for (const query of ['headphones', 'hedphones', 'headph', 'zzzzqqqq', '', 'xm45q', 'a'.repeat(5_000)]) {
      expect([query, (await misspelt(query)).didYouMean]).toEqual([query, null]);
    }
    expect((await misspelt('hedfones', { categories: ['tents'] })).didYouMean).toBeNull();
    expect((await misspelt('hedfones', { categories: ['headphones'] })).didYouMean).toBe('headphones');
  });

  it('survives whatever is typed', async () => {
    for (const query of [
      '',
      '   ',
      '💥',
      "'; drop table",
      '((((',
      'a'.repeat(5_000),
      '-',
      'é è ü',
      '\\',
      '%',
    ]) {
      expect((await search(query)).totalCount).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('facets', () => {
  const merged = (filter: Record<string, unknown>, input: object) => ({ ...filter, ...input });

  it('each value, applied, gives exactly as many results as it counts', async () => {
    const { facets } = await search('', { filter: { categories: ['sneakers'] } });
    expect(facets.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'category',
        'brand',
        'price',
        'attribute.upper',
        'attribute.size',
        'attribute.colour',
      ]),
    );
    for (const facet of facets.filter(({ id }) => id !== 'category')) {
      for (const value of facet.values) {
        const { totalCount } = await search('', {
          filter: merged({ categories: ['sneakers'] }, value.input),
          first: 1,
        });
        expect([facet.id, value.id, totalCount]).toEqual([facet.id, value.id, value.count]);
      }
    }
  });

  it('a selection does not shrink its own facet, but shrinks the others', async () => {
    const before = await search('', { filter: { categories: ['sneakers'] } });
    const brands = before.facets.find(({ id }) => id === 'brand')!;
    const chosen = brands.values[0]!;
    const after = await search('', { filter: merged({ categories: ['sneakers'] }, chosen.input) });
    const brandsAfter = after.facets.find(({ id }) => id === 'brand')!;
    expect(brandsAfter.values.map(({ label, count }) => [label, count])).toEqual(
      brands.values.map(({ label, count }) => [label, count]),
    );
    expect(brandsAfter.values.filter(({ selected }) => selected).map(({ label }) => label)).toEqual([
      chosen.label,
    ]);
    const sum = (facets: readonly Facet[]) =>
      facets.find(({ id }) => id === 'attribute.upper')!.values.reduce((all, { count }) => all + count, 0);
    expect(sum(after.facets)).toBe(chosen.count);
    expect(sum(before.facets)).toBe(before.totalCount);
  });

  it('opens a department into its leaves, and the price into a histogram of all results', async () => {
    const all = await search('');
    expect(all.facets.find(({ id }) => id === 'category')!.values).toHaveLength(12);
    const prices = all.facets.find(({ id }) => id === 'price')!;
    expect(prices.type).toBe('PRICE_RANGE');
    expect(prices.values.reduce((sum, { count }) => sum + count, 0)).toBe(600);
    const inside = await search('', { filter: { categories: ['audio'] } });
    expect(
      inside.facets
        .find(({ id }) => id === 'category')!
        .values.map(({ id }) => id)
        .sort(),
    ).toEqual(['audio', 'earbuds', 'headphones', 'microphones', 'speakers', 'turntables']);
  });
});

describe('while typing', () => {
  const suggest = async (query: string, first?: number) =>
    (
      await shop.data<{
        predictiveSearch: { queries: string[]; products: { name: string }[]; categories: { slug: string }[] };
      }>(
        'query ($query: String!, $first: Int) { predictiveSearch(query: $query, first: $first) { queries products { name } categories { slug } } }',
        { query, first },
      )
    ).predictiveSearch;

  it('completes words, and shows products and categories', async () => {
    const found = await suggest('headp', 3);
    expect(found.queries).toContain('headphones');
    expect(found.products).toHaveLength(3);
    expect(found.categories[0]).toEqual({ slug: 'headphones' });
    expect((await suggest('wireless hea')).queries[0]).toBe('wireless headphones');
    expect(await suggest('')).toEqual({ queries: [], products: [], categories: [] });
  });
  it('takes 1 to 20', async () => {
    const query = 'query ($first: Int) { predictiveSearch(query: "a", first: $first) { queries } }';
    expect(await codeOf(query, { first: 0 })).toBe('BAD_USER_INPUT');
    expect(await codeOf(query, { first: 21 })).toBe('BAD_USER_INPUT');
  });
});

describe('one thing', () => {
  it('is found by slug or id, whole', async () => {
    const [{ id, slug }] = (await list({ first: 1 })).nodes as [Node];
    const fields = `{ id slug description rating published createdAt imageUrl maxPrice { amountMinor }
      attributes { id label value } variants { id sku title options { name value } price { amountMinor currency } product { id } }
      category { name parent { name children { slug } } } }`;
    const data = await shop.data<Record<string, { id: string; imageUrl: string; published: boolean }>>(
      `query ($id: ID, $slug: String) { byId: product(id: $id) ${fields} bySlug: product(slug: $slug) ${fields} none: product(slug: "none") { id } }`,
      { id, slug },
    );
    expect(data['byId']).toEqual(data['bySlug']);
    expect(data['byId']?.imageUrl).toMatch(new RegExp(`^/img/p/${id}\\.svg\\?v=`));
    expect(data['none']).toBeNull();
    expect(await codeOf('{ product { id } }', {})).toBe('BAD_USER_INPUT');
    expect(await codeOf('{ product(id: "a", slug: "b") { id } }', {})).toBe('BAD_USER_INPUT');
  });

  it('counts products up the tree of categories', async () => {
    const { categories } = await shop.data<{
      categories: { productCount: number; children: { productCount: number }[] }[];
    }>('{ categories { slug imageUrl productCount children { slug productCount } } }');
    expect(categories).toHaveLength(12);
    expect(categories.reduce((sum, { productCount }) => sum + productCount, 0)).toBe(600);
    for (const { productCount, children } of categories) {
      expect(children.reduce((sum, child) => sum + child.productCount, 0)).toBe(productCount);
    }
  });
});
