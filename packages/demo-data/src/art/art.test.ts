import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.js';
import { categories } from '../catalogue/categories.js';
import { leaves } from '../taxonomy/index.js';
import { categoryArt } from './category-art.js';
import { brightness, hexOf } from './colours.js';
import { plainArt } from './plain-art.js';
import { productArt } from './product-art.js';
import { expectSound } from './__fixtures__/expect-sound.js';
import { usualColour } from './usual-colours.js';

const products = [...catalogue({ products: 1_000 })];
const bytesOf = (svg: string): number => Buffer.byteLength(svg);

describe('product pictures', () => {
  it.each(leaves.map(({ slug }) => slug))('draws %s under 4 KB, each product its own', (slug) => {
    const some = products.filter(({ categorySlug }) => categorySlug === slug);
    const drawn = some.map((product) => productArt(product));
    drawn.forEach(expectSound);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(Math.max(...drawn.map(bytesOf))).toBeLessThan(4_096);
  });
  it.each(leaves.flatMap(({ slug, nouns }) => nouns.map(({ name }) => [name, slug] as const)))(
    'draws a %s under 4 KB',
    (name, categorySlug) => {
      for (const id of ['prd_1', 'prd_2', 'prd_3', 'prd_4']) {
        const svg = productArt({ id, name, brand: 'Solmere', categorySlug, colour: 'White' });
        expectSound(svg);
        expect(bytesOf(svg)).toBeLessThan(4_096);
      }
    },
  );
  it('draws what the name says', () => {
    const ball = (name: string): string =>
      productArt({ id: 'prd_1', name, brand: 'Solmere', categorySlug: 'balls', colour: 'Coral' }).replace(
        /<title>.*?<\/title>/,
        '',
      );
    expect(new Set(['Football', 'Basketball', 'Volleyball'].map(ball)).size).toBe(3);
    expect(ball('Rondo Football')).toBe(ball('Cup Football'));
  });
  it('draws the same bytes on every machine', () => {
    const all = products.map((product) => productArt(product, 320)).join('');
    expect(all).toBe(products.map((product) => productArt(product, 320)).join(''));
    // Meant to change a drawing? Then give ART_VERSION its next number too: pictures are cached for ever.
    expect(createHash('sha256').update(all).digest('hex').slice(0, 16)).toBe('b4565efef870de44');
  });
  it('is as wide as asked', () => {
    const [product] = products;
    expect(productArt(product!, 320)).toContain('viewBox="0 0 400 400" width="320" height="320"');
  });
  it('gives two pictures on one page different names for their paints', () => {
    const [one, other] = products.map((product) => productArt(product));
    const idsOf = (svg = ''): string[] => [...svg.matchAll(/ id="(\w+)"/g)].map(([, id = '']) => id);
    expect(idsOf(one).filter((id) => idsOf(other).includes(id))).toEqual([]);
    expect(idsOf(one).length).toBeGreaterThan(0);
  });
  it('lets no text out of its place', () => {
    const hostile = {
      id: '"><script>',
      name: `</title><script>alert("1")</script> ]]> &amp; url(#p \u0000\u0008\ud800\uffff`,
      brand: `"&<b onload='x'>`,
      categorySlug: 'chairs',
    };
    for (const svg of [productArt(hostile), plainArt(hostile)]) {
      expectSound(svg);
      expect(svg).not.toMatch(/<script|<b /);
      expect(svg).toContain('alert(&#34;1&#34;)');
    }
  });
  it('falls back to a parcel for a category it does not know', () => {
    const subject = { id: 'x', name: 'Zork', brand: 'Acme', categorySlug: 'nowhere' };
    expect(productArt(subject)).toBe(plainArt(subject));
  });
});

it('draws every category, and no other', () => {
  const drawn = categories.map(({ slug }) => categoryArt(slug) ?? 'undefined');
  drawn.forEach(expectSound);
  expect(new Set(drawn).size).toBe(categories.length);
  expect(categoryArt('nowhere')).toBeUndefined();
});

describe('colours', () => {
  it('has every one that the catalogue offers or a drawing usually comes in', () => {
    const offered = leaves.flatMap(({ axes }) =>
      axes.filter(({ name }) => name === 'Colour').flatMap(({ values }) => values),
    );
    const usual = leaves.flatMap(({ drawing }) =>
      [0, 1, 2, 3, 4, 5].flatMap((choice) => usualColour(drawing, choice) ?? []),
    );
    const unknown = [...offered, ...usual].filter((name) => hexOf(name, 0) !== hexOf(name, 1));
    expect(unknown).toEqual([]);
  });
  it.each([
    ['White', 'Silver'],
    ['Silver', 'Graphite'],
    ['Graphite', 'Black'],
    ['Sky', 'Cobalt'],
    ['Cobalt', 'Midnight'],
    ['Cream', 'Tan'],
    ['Tan', 'Espresso'],
  ])('%s is lighter than %s', (lighter, darker) => {
    expect(brightness(hexOf(lighter, 0))).toBeGreaterThan(brightness(hexOf(darker, 0)));
  });
});
