import { describe, expect, it } from 'vitest';
import { pictureVersion } from './picture.js';
import {
  type Product,
  filterableValues,
  highestPrice,
  lowestPrice,
  slugOf,
  variantTitle,
} from './product.js';

const product: Product = {
  id: 'p',
  slug: 'p',
  name: 'Shoe',
  description: '',
  brand: 'B',
  categorySlug: 'boots',
  attributes: [{ id: 'upper', label: 'Upper', value: 'Leather' }],
  variants: [
    {
      id: '1',
      sku: '1',
      options: [
        { name: 'Size', value: '40' },
        { name: 'Colour', value: 'Tan' },
      ],
      priceMinor: 200,
    },
    {
      id: '2',
      sku: '2',
      options: [
        { name: 'Size', value: '41' },
        { name: 'Colour', value: 'Tan' },
      ],
      priceMinor: 100,
    },
  ],
  popularity: 1,
  ratingTenths: 40,
  published: true,
  origin: 'demo',
  version: 1,
  createdAt: new Date(0),
};

it('knows its price range, its titles and what it can be filtered by', () => {
  expect([lowestPrice(product), highestPrice(product)]).toEqual([100, 200]);
  expect(product.variants.map(variantTitle)).toEqual(['40 / Tan', '41 / Tan']);
  expect(variantTitle({ options: [] })).toBe('Standard');
  expect(filterableValues(product).map(({ id, value }) => `${id}=${value}`)).toEqual([
    'upper=Leather',
    'size=40',
    'colour=Tan',
    'size=41',
  ]);
});

it.each([
  ['Café Crème 2', 'cafe-creme-2'],
  ["Chef's  Knife!", 'chefs-knife'],
  ['--a--b--', 'a-b'],
  ['!!!', ''],
])('slugOf(%j) is %j', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

describe('the version of a picture', () => {
  it('changes with what is shown, and with nothing else', () => {
    const version = pictureVersion(product, 1);
    expect(pictureVersion({ ...product, brand: 'C' }, 1)).not.toBe(version);
    expect(pictureVersion({ ...product, name: 'Boot' }, 1)).not.toBe(version);
    expect(pictureVersion(product, 2)).not.toBe(version);
    expect(pictureVersion({ ...product, variants: [...product.variants].slice(0, 1) }, 1)).toBe(version);
  });
});
