import { expect, test } from 'vitest';
import type { Product } from '../domain/product.js';
import { createRecentProducts } from './recent-products.js';

const product = (id: string, version = 1, slug = `${id}-slug`): Product => ({
  id,
  slug,
  name: `${id} v${version}`,
  description: '',
  brand: 'b',
  categorySlug: 'c',
  attributes: [],
  variants: [{ id: `${id}-1`, sku: `${id}-sku`, options: [], priceMinor: 100 * version }],
  popularity: 0,
  ratingTenths: 0,
  published: true,
  origin: 'staff',
  version,
  createdAt: new Date(0),
});

/** A store of three products that counts what is asked of it. */
function createShelf(options: { most?: number } = {}) {
  const stored = new Map(['a', 'b', 'c'].map((id) => [id, product(id)]));
  const asked: string[] = [];
  let time = 0;
  const read = (nameOf: (one: Product) => string) => async (names: readonly string[]) => {
    asked.push(names.join());
    return [...stored.values()].filter((one) => names.includes(nameOf(one)));
  };
  const recent = createRecentProducts(
    {
      byIds: read(({ id }) => id),
      bySlugs: read(({ slug }) => slug),
      byVariantIds: read(({ variants }) => variants[0]?.id ?? ''),
    },
    { ...options, maxAgeMs: 1_000, now: () => time },
  );
  return { stored, asked, recent, pass: (ms: number) => (time += ms) };
}
const versions = (products: readonly Product[]) =>
  products.map(({ id, version }) => `${id}${version}`).sort();

test('what was read is not read again, whatever it is named by; only what is missing is asked for', async () => {
  const { recent, asked } = createShelf();
  expect(versions(await recent.byIds(['a', 'b', 'nobody']))).toEqual(['a1', 'b1']);
  expect(versions(await recent.bySlugs(['a-slug', 'b-slug']))).toEqual(['a1', 'b1']);
  expect(versions(await recent.byVariantIds(['a-1', 'c-1']))).toEqual(['a1', 'c1']);
  expect(versions(await recent.byIds(['nobody']))).toEqual([]);
  expect(asked).toEqual(['a,b,nobody', 'c-1', 'nobody']);
});

test('a change that is told of counts at once, and a slow read of the state before does not come back', async () => {
  const { recent, stored } = createShelf();
  await recent.byIds(['a']);
  const changed = product('a', 2, 'new-name');
  stored.set('a', changed);
  recent.keep([changed]);
  recent.keep([product('a')]);
  expect(versions(await recent.byIds(['a']))).toEqual(['a2']);
  expect(versions(await recent.bySlugs(['new-name']))).toEqual(['a2']);
  expect(await recent.bySlugs(['a-slug'])).toEqual([]);
});

test('a name that another product has taken over is that other product', async () => {
  const { recent, stored } = createShelf();
  await recent.byIds(['a', 'b']);
  stored.set('b', product('b', 2, 'a-slug'));
  recent.keep([product('b', 2, 'a-slug')]);
  recent.keep([product('a', 2, 'elsewhere')]);
  expect(versions(await recent.bySlugs(['a-slug']))).toEqual(['b2']);
});

test('a change that nobody tells of counts after a while', async () => {
  const { recent, stored, pass } = createShelf();
  await recent.byIds(['a']);
  stored.set('a', product('a', 2));
  pass(900);
  expect(versions(await recent.byIds(['a']))).toEqual(['a1']);
  pass(200);
  expect(versions(await recent.byIds(['a']))).toEqual(['a2']);
});

test('keeps so many, and lets go of what was read longest ago', async () => {
  const { recent, asked } = createShelf({ most: 2 });
  await recent.byIds(['a']);
  await recent.byIds(['b']);
  await recent.byIds(['a']);
  await recent.byIds(['c']);
  asked.length = 0;
  await recent.byIds(['a', 'c']);
  expect(asked).toEqual([]);
  await recent.byVariantIds(['b-1']);
  expect(asked).toEqual(['b-1']);
});
