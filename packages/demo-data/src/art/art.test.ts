import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.js';
import { categories } from '../catalogue/categories.js';
import { leaves } from '../taxonomy/index.js';
import { brightness, hexOf } from './colours.js';
import { categoryArt } from './category-art.js';
import { plainArt } from './plain-art.js';
import { productArt } from './product-art.js';

/** Every element is closed, every reference has a definition, and no number went missing. */
function expectSound(svg: string): void {
  const open: string[] = [];
  for (const [, close, name = '', selfClosed] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!selfClosed) open.push(name);
  }
  expect(open).toEqual([]);
  expect(svg).not.toMatch(/NaN|undefined|null|Infinity/);
  const defined = new Set([...svg.matchAll(/ id="(\w+)"/g)].map(([, id]) => id));
  for (const [, id] of svg.matchAll(/url\(#(\w+)\)/g)) expect(defined).toContain(id);
}

const products = [...catalogue({ products: 1_000 })];

describe('product pictures', () => {
  it.each(leaves.map(({ slug }) => slug))('draws %s in both of its forms', (slug) => {
    const some = products.filter(({ categorySlug }) => categorySlug === slug);
    const drawn = some.map((product) => productArt(product));
    drawn.forEach(expectSound);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(Math.max(...drawn.map(({ length }) => length))).toBeLessThan(8_000);
  });
  it('draws the same again, at any width', () => {
    const [product] = products;
    expect(productArt(product!, 320)).toBe(productArt(product!, 320));
    expect(productArt(product!, 320)).toContain('width="320" height="320"');
  });
  it('lets no text out of its place', () => {
    const svg = productArt({
      id: 'x',
      name: '</title><script>alert(1)</script>',
      brand: '"&<b>',
      categorySlug: 'chairs',
    });
    expect(svg).not.toMatch(/<script|<b>/);
    expectSound(svg);
    expectSound(plainArt({ id: 'x', name: '<i> & co', brand: '', categorySlug: 'nowhere' }));
  });
  it('falls back to a parcel for a category it does not know', () => {
    const subject = { id: 'x', name: 'Zork', brand: 'Acme', categorySlug: 'nowhere' };
    expect(productArt(subject)).toBe(plainArt(subject));
  });
});

it('draws every category, and no other', () => {
  for (const { slug } of categories) expectSound(categoryArt(slug) ?? 'undefined');
  expect(categoryArt('nowhere')).toBeUndefined();
});

it('knows every colour that the catalogue offers', () => {
  const names = new Set(
    leaves.flatMap(({ axes }) =>
      axes.filter(({ name }) => name === 'Colour').flatMap(({ values }) => values),
    ),
  );
  expect([...names].filter((name) => hexOf(name, 0) !== hexOf(name, 1))).toEqual([]);
  expect(brightness(hexOf('White', 0))).toBeGreaterThan(brightness(hexOf('Black', 0)));
});
