import { ANONYMOUS } from '@souk/kit/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOPPER, STAFF, type Shop, openShop, until } from './__fixtures__/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ products: 120, replicas: 2 });
});
afterAll(() => shop.close());

interface Payload {
  readonly product: {
    id: string;
    slug: string;
    published: boolean;
    name: string;
    variants: { id: string; sku: string }[];
  } | null;
  readonly errors: { code: string; message: string; path: string[] }[];
}
const FIELDS = '{ product { id slug name published variants { id sku } } errors { code message path } }';
const create = async (input: object): Promise<Payload> =>
  (
    await shop.data<{ createProduct: Payload }>(
      `mutation ($input: CreateProductInput!) { createProduct(input: $input) ${FIELDS} }`,
      {
        input: {
          name: 'Plain Thing',
          categorySlug: 'chairs',
          variants: [{ price: { amountMinor: 1_000 } }],
          ...input,
        },
      },
      STAFF,
    )
  ).createProduct;
const publish = async (id: string, published = true): Promise<Payload> =>
  (
    await shop.data<{ publishProduct: Payload }>(
      `mutation ($input: PublishProductInput!) { publishProduct(input: $input) ${FIELDS} }`,
      { input: { id, published } },
      STAFF,
    )
  ).publishProduct;
const update = async (input: object): Promise<Payload> =>
  (
    await shop.data<{ updateProduct: Payload }>(
      `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) ${FIELDS} }`,
      { input },
      STAFF,
    )
  ).updateProduct;
const reprice = async (variantId: string, amountMinor: number, currency?: string) =>
  (
    await shop.data<{
      setVariantPrice: { variant: { price: { amountMinor: number } } | null; errors: Payload['errors'] };
    }>(
      `mutation ($input: SetVariantPriceInput!) { setVariantPrice(input: $input) { variant { id price { amountMinor } } errors { code message path } } }`,
      { input: { variantId, price: { amountMinor, ...(currency ? { currency } : {}) } } },
      STAFF,
    )
  ).setVariantPrice;
/** Ids that a replica finds. */
const found = async (query: string, replica = 0): Promise<string[]> => {
  const { data } = await shop.apps[replica]!.execute({
    query: 'query ($q: String!) { search(query: $q) { nodes { id } } }',
    variables: { q: query },
    context: { viewer: ANONYMOUS, requestId: 'test' },
  });
  return (data as unknown as { search: { nodes: { id: string }[] } }).search.nodes.map(({ id }) => id);
};
const eventsOf = async (productId: string) =>
  ((await shop.app.events?.read(0, 1_000)) ?? []).filter(({ aggregateId }) => aggregateId === productId);

describe('a product made by staff', () => {
  it('is a draft until it is published, and then found at once here and soon by every replica', async () => {
    const { product, errors } = await create({
      name: 'Zyxwutor Rocking Throne',
      brand: 'Vexillum',
      description: 'Creaks with dignity.',
    });
    expect(errors).toEqual([]);
    const { id, slug } = product!;
    expect([slug, product?.published]).toEqual(['zyxwutor-rocking-throne', false]);
    expect(await found('zyxwutor')).toEqual([]);
    const draft = 'query ($id: ID) { product(id: $id) { name } }';
    expect((await shop.data<{ product: unknown }>(draft, { id })).product).toBeNull();
    expect((await shop.data<{ product: unknown }>(draft, { id }, SHOPPER)).product).toBeNull();
    expect((await shop.data<{ product: unknown }>(draft, { id }, STAFF)).product).not.toBeNull();

    expect((await publish(id)).product?.published).toBe(true);
    expect(await found('zyxwutor')).toEqual([id]);
    expect(await found('vexilum')).toEqual([id]);
    await until(async () => (await found('zyxwutor', 1)).includes(id), 'the other replica finds it');

    await update({ id, name: 'Quorblat Armchair' });
    expect([await found('zyxwutor'), await found('quorblat')]).toEqual([[], [id]]);
    await until(
      async () => (await found('quorblat', 1)).includes(id),
      'the other replica finds its new name',
    );

    await publish(id, false);
    expect(await found('quorblat')).toEqual([]);
    await until(async () => (await found('quorblat', 1)).length === 0, 'the other replica has forgotten it');
    await until(async () => (await eventsOf(id)).length === 4, 'all events are published');
    expect((await eventsOf(id)).map(({ type, version }) => [type, version])).toEqual([
      ['product.created', 1],
      ['product.published', 2],
      ['product.updated', 3],
      ['product.unpublished', 4],
    ]);
  });

  it('shows in an old order although it is hidden, but not as a product of its own', async () => {
    const { product } = await create({ name: 'Discontinued Stool' });
    const variables = { r: [{ __typename: 'ProductVariant', id: product!.variants[0]!.id }] };
    const variant = await shop.data<{ _entities: unknown[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ProductVariant { price { amountMinor } product { name published } } } }',
      variables,
      SHOPPER,
    );
    expect(variant._entities).toEqual([
      { price: { amountMinor: 1_000 }, product: { name: 'Discontinued Stool', published: false } },
    ]);
    for (const key of [{ id: product!.id }, { slug: product!.slug }]) {
      const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { name } } }';
      const ask = { r: [{ __typename: 'Product', ...key }] };
      expect((await shop.data<{ _entities: unknown[] }>(query, ask, SHOPPER))._entities).toEqual([null]);
      expect((await shop.data<{ _entities: unknown[] }>(query, ask, STAFF))._entities).toHaveLength(1);
      expect(
        (await shop.data<{ _entities: unknown[] }>(query, ask, { kind: 'service', service: 'orders' }))
          ._entities[0],
      ).not.toBeNull();
    }
  });

  it('gets a slug that is free, and refuses names that belong to others', async () => {
    const first = await create({ name: 'Twin' });
    const second = await create({ name: 'Twin' });
    expect([first.product?.slug, second.product?.slug]).toEqual(['twin', 'twin-2']);
    const taken = await create({
      name: 'Other',
      slug: 'twin',
      variants: [{ sku: first.product!.variants[0]!.sku, price: { amountMinor: 1 } }],
    });
    expect(taken.product).toBeNull();
    expect(taken.errors.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['ALREADY_EXISTS', 'variants.0.sku'],
      ['ALREADY_EXISTS', 'slug'],
    ]);
  });

  it('is made once by each of many at the same time, under slugs of their own', async () => {
    const made = await Promise.all(Array.from({ length: 3 }, () => create({ name: 'Racer' })));
    const slugs = made.flatMap(({ product }) => product?.slug ?? []);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs.length + made.filter(({ errors }) => errors[0]?.code === 'ALREADY_EXISTS').length).toBe(3);
  });
});

describe('refusals', () => {
  it.each([
    [{ name: '' }, 'INVALID_INPUT', 'name'],
    [{ name: 'x'.repeat(201) }, 'INVALID_INPUT', 'name'],
    [{ name: '!!!' }, 'INVALID_INPUT', 'slug'],
    [{ slug: 'Not A Slug' }, 'INVALID_INPUT', 'slug'],
    [{ description: 'x'.repeat(5_001) }, 'INVALID_INPUT', 'description'],
    [{ categorySlug: 'nowhere' }, 'NOT_FOUND', 'categorySlug'],
    [{ categorySlug: 'furniture' }, 'INVALID_INPUT', 'categorySlug'],
    [{ variants: [] }, 'INVALID_INPUT', 'variants'],
    [{ variants: [{ price: { amountMinor: -1 } }] }, 'INVALID_INPUT', 'variants.0.price.amountMinor'],
    [
      { variants: [{ price: { amountMinor: 1 }, weightGrams: 0 }] },
      'INVALID_INPUT',
      'variants.0.weightGrams',
    ],
    [
      { variants: [{ price: { amountMinor: 1, currency: 'USD' } }] },
      'INVALID_INPUT',
      'variants.0.price.currency',
    ],
    [
      { variants: [{ price: { amountMinor: 1 } }, { price: { amountMinor: 2 } }] },
      'INVALID_INPUT',
      'variants.1.options',
    ],
    [{ attributes: [{ id: 'No Id', value: 'x' }] }, 'INVALID_INPUT', 'attributes.0.id'],
  ])('%j is %s at %s', async (input, code, path) => {
    const { product, errors } = await create(input);
    expect(product).toBeNull();
    expect(errors.map((error) => [error.code, error.path.join('.')])).toEqual([[code, path]]);
    expect(errors[0]?.message.length).toBeGreaterThan(10);
  });

  it('names what does not exist', async () => {
    expect((await publish('nothing')).errors[0]).toMatchObject({ code: 'NOT_FOUND', path: ['id'] });
    expect((await update({ id: 'nothing', name: 'x' })).errors[0]).toMatchObject({ code: 'NOT_FOUND' });
    expect((await reprice('nothing', 1)).errors[0]).toMatchObject({
      code: 'NOT_FOUND',
      path: ['variantId'],
    });
  });

  it.each([
    ['createProduct', 'CreateProductInput', { name: 'x', categorySlug: 'chairs', variants: [] }],
    ['updateProduct', 'UpdateProductInput', { id: 'x' }],
    ['publishProduct', 'PublishProductInput', { id: 'x' }],
    ['setVariantPrice', 'SetVariantPriceInput', { variantId: 'x', price: { amountMinor: 1 } }],
  ])('%s is for staff', async (field, type, input) => {
    const mutation = `mutation ($input: ${type}!) { ${field}(input: $input) { errors { code } } }`;
    const code = async (viewer: typeof STAFF) =>
      (await shop.run(mutation, { input }, viewer)).errors?.[0]?.extensions['code'];
    expect(await code(ANONYMOUS)).toBe('UNAUTHENTICATED');
    expect(await code({ kind: 'service', service: 'orders' })).toBe('UNAUTHENTICATED');
    expect(await code(SHOPPER)).toBe('FORBIDDEN');
    expect(await code(STAFF)).toBeUndefined();
  });
});

describe('a price', () => {
  it('changes at once in the product and in the order by price, with an event that tells both prices', async () => {
    const { product } = await create({ name: 'Bargain Bench' });
    await publish(product!.id);
    const { id } = product!.variants[0]!;
    expect((await reprice(id, 1)).variant?.price.amountMinor).toBe(1);
    const cheapest = await shop.data<{ products: { nodes: { id: string }[] } }>(
      '{ products(first: 1, sort: PRICE_ASC) { nodes { id } } }',
    );
    expect(cheapest.products.nodes[0]?.id).toBe(product!.id);
    await until(async () => (await eventsOf(product!.id)).length === 3, 'the event is published');
    expect((await eventsOf(product!.id))[2]).toMatchObject({
      type: 'variant.price-changed',
      version: 3,
      correlationId: 'test',
      payload: { productId: product!.id, variantId: id, priceMinor: 1, formerPriceMinor: 1_000 },
    });
    expect((await reprice(id, 1)).errors).toEqual([]);
    expect(await eventsOf(product!.id)).toHaveLength(3);
    expect((await reprice(id, 5, 'GBP')).errors[0]?.path).toEqual(['price', 'currency']);
  });

  it('set by many at once is the last one written, and every change has its event', async () => {
    const { product } = await create({ name: 'Contested Cabinet' });
    const { id } = product!.variants[0]!;
    const prices = [11, 22, 33, 44, 55];
    const outcomes = await Promise.all(prices.map((price) => reprice(id, price)));
    expect(outcomes.every(({ errors }) => errors.length === 0)).toBe(true);
    await until(async () => (await eventsOf(product!.id)).length === 6, 'every change is published');
    const events = await eventsOf(product!.id);
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    const { product: after } = await shop.data<{ product: { price: { amountMinor: number } } }>(
      'query ($id: ID) { product(id: $id) { price { amountMinor } } }',
      { id: product!.id },
      STAFF,
    );
    expect(events.at(-1)?.payload).toMatchObject({ priceMinor: after.price.amountMinor });
  });
});

describe('finding variants', () => {
  interface Variant {
    readonly id: string;
    readonly sku: string;
    readonly product: { readonly name: string; readonly published: boolean };
  }
  const FIND = `query ($query: String!, $first: Int) {
    variants(query: $query, first: $first) { id sku product { name published } } }`;
  const find = async (query: string, first?: number): Promise<readonly Variant[]> =>
    (await shop.data<{ variants: readonly Variant[] }>(FIND, { query, first }, STAFF)).variants;

  it('goes by the beginning of an article number, of hidden products, too', async () => {
    const { product } = await create({
      name: 'Secret Thing',
      variants: ['ZQX-1-2', 'ZQX-1-1', 'ZQX-2', 'OTHER-9'].map((sku) => ({
        sku,
        options: [{ name: 'Size', value: sku }],
        price: { amountMinor: 100 },
      })),
    });
    expect(product?.published).toBe(false);
    const skus = async (query: string, first?: number) => (await find(query, first)).map(({ sku }) => sku);
    expect(await skus('zqx')).toEqual(['ZQX-1-1', 'ZQX-1-2', 'ZQX-2']);
    expect(await skus(' zqx-1 ')).toEqual(['ZQX-1-1', 'ZQX-1-2']);
    expect(await skus('ZQX-1-2')).toEqual(['ZQX-1-2']);
    expect(await skus('zqx', 2)).toEqual(['ZQX-1-1', 'ZQX-1-2']);
  });

  it('goes by all words of a product that shoppers see', async () => {
    const { product } = await create({
      name: 'Quillwort Jumbler',
      variants: [{ price: { amountMinor: 100 } }],
    });
    expect(await find('quillwort jumbler')).toEqual([]);
    await publish(product!.id);
    await until(async () => (await find('quillwort')).length === 1, 'the product can be found');
    expect((await find('jumbler quillw'))[0]).toMatchObject({ product: { name: 'Quillwort Jumbler' } });
    expect(await find('quillwort zzzzqqqq')).toEqual([]);
  });

  it('is for staff, and takes whatever is typed', async () => {
    const codeFor = async (viewer: typeof SHOPPER, first: number) =>
      (await shop.run(FIND, { query: 'chair', first }, viewer)).errors?.[0]?.extensions['code'];
    expect(await codeFor(SHOPPER, 1)).toBe('FORBIDDEN');
    expect(await codeFor(ANONYMOUS, 1)).toBe('UNAUTHENTICATED');
    expect(await codeFor(STAFF, 101)).toBe('BAD_USER_INPUT');
    for (const query of ['', '  ', '$gt', '.*', '\\', '💥', 'x'.repeat(5_000)])
      expect(await find(query)).toEqual([]);
  });
});
