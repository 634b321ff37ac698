import { expect, test } from 'vitest';
import { leaves } from '../taxonomy/index.js';
import { catalogue } from './catalogue.js';
import { weightFor } from './weight.js';

const products = [...catalogue({ products: 2_000 })];
const weighed = products.flatMap((product) =>
  product.variants.map((variant) => ({ product, variant, grams: weightFor(product, variant) })),
);

test('everything of every leaf weighs something believable, always the same', () => {
  expect(new Set(products.map(({ categorySlug }) => categorySlug)).size).toBe(leaves.length);
  for (const { product, variant, grams } of weighed) {
    expect(Number.isInteger(grams) && grams >= 40 && grams < 100_000).toBe(true);
    expect(weightFor(product, variant)).toBe(grams);
  }
});

test('what says its weight weighs that, and its packaging', () => {
  const tents = weighed.filter(({ product }) => product.categorySlug === 'tents');
  const smallest = tents.find(({ product }) => product.attributes.some(({ value }) => value === '1.4 kg'));
  expect(smallest?.grams).toBe(1_550);
  const dumbbells = weighed.filter(({ product }) => product.categorySlug === 'weights');
  const heavy = dumbbells.find(({ variant }) => variant.options.some(({ value }) => value === '24 kg'));
  expect(heavy?.grams).toBe(25_950);
});
