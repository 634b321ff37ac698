import { type ServedSubgraph, serveSubgraph } from '@souk/kit/server';
import { silentLogger } from '@souk/testkit/logger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STAFF, type Shop, openShop } from './__fixtures__/shop.js';

let shop: Shop;
let served: ServedSubgraph;
beforeAll(async () => {
  shop = await openShop({ products: 60 });
  served = await serveSubgraph(shop.app, {
    host: '127.0.0.1',
    port: 0,
    secret: 'images-test-secret-of-32-characters!!',
    logger: silentLogger,
  });
});
afterAll(async () => {
  await served.stop();
  await shop.close();
});
const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${served.url}${path}`, init);

it('draws every product at the address that the graph gives, cacheable for ever', async () => {
  const { products } = await shop.data<{ products: { nodes: { imageUrl: string }[] } }>(
    '{ products(first: 60) { nodes { imageUrl } } }',
  );
  for (const { imageUrl } of products.nodes) {
    const response = await get(`${imageUrl}&w=320`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toMatch(/^<svg [^>]*width="320"/);
  }
});

it('draws categories, and answers a known tag without a body', async () => {
  const response = await get('/img/c/furniture.svg');
  expect([response.status, (await response.text()).includes('Furniture')]).toEqual([200, true]);
  const again = await get('/img/c/furniture.svg', {
    headers: { 'if-none-match': response.headers.get('etag') ?? '' },
  });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([
    304,
    '',
    response.headers.get('etag'),
  ]);
  const head = await get('/img/c/furniture.svg', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
});

it('gives a product by staff a parcel with its initials, at a new address once it is renamed', async () => {
  const made = await shop.data<{ createProduct: { product: { id: string; imageUrl: string } } }>(
    'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id imageUrl } } }',
    { input: { name: 'Night Kite', categorySlug: 'balls', variants: [{ price: { amountMinor: 500 } }] } },
    STAFF,
  );
  const { id, imageUrl } = made.createProduct.product;
  expect(await (await get(imageUrl)).text()).toContain('>NK<');
  const renamed = await shop.data<{ updateProduct: { product: { imageUrl: string } } }>(
    'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { product { imageUrl } } }',
    { input: { id, name: 'Sky Kite' } },
    STAFF,
  );
  expect(renamed.updateProduct.product.imageUrl).not.toBe(imageUrl);
});

it.each([
  '/img/p/nothing.svg',
  '/img/c/nothing.svg',
  '/img/x/y.svg',
  '/img/p/%E0%A4%A.svg',
  '/img/p/a/b.svg',
  '/img/',
])('%s is not there, in plain words', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toContain('There is no such picture');
});

it('only reads, and draws at sensible widths', async () => {
  expect((await get('/img/c/furniture.svg', { method: 'POST' })).status).toBe(405);
  const width = async (w: string) =>
    /width="(\d+)"/.exec(await (await get(`/img/c/furniture.svg?w=${w}`)).text())?.[1];
  expect(await Promise.all(['1', '99999999', 'wide', '-5'].map(width))).toEqual(['16', '2400', '1200', '16']);
});
