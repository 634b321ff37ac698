import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { departments, leafBySlug, leaves } from '../taxonomy/index.js';
import { brands } from './brands.js';
import { catalogue, catalogueVariants } from './catalogue.js';
import { categories } from './categories.js';
import type { DemoProduct } from './product.js';
import { stockFor } from './stock.js';

const hash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
const first = (products: number, seed?: number): DemoProduct[] => [
  ...catalogue(seed === undefined ? { products } : { products, seed }),
];
const large = first(20_000);
const duplicates = (values: readonly string[]): number => values.length - new Set(values).size;

describe('the same seed', () => {
  it('makes the same bytes on every machine and every version of Node', () => {
    // A new hash means that every demo shop in the world changes: screenshots, links, tests. Do it on purpose only.
    expect(hash(first(500))).toBe('b9f74c918f7af2ce');
  });
  it('begins a larger catalogue with the smaller one', () => {
    expect(hash(large.slice(0, 500))).toBe(hash(first(500)));
  });
  it('is not another seed', () => {
    expect(first(50, 8).map(({ id }) => id)).not.toEqual(first(50).map(({ id }) => id));
  });
});

describe('identity', () => {
  it.each(['id', 'slug', 'name'] as const)('gives every product its own %s', (field) => {
    expect(duplicates(large.map((product) => product[field]))).toBe(0);
  });
  it.each(['id', 'sku'] as const)('gives every variant its own %s', (field) => {
    expect(duplicates(large.flatMap(({ variants }) => variants.map((variant) => variant[field])))).toBe(0);
  });
  it('lists exactly the variants of the catalogue', () => {
    const listed = [...catalogueVariants({ products: 300 })];
    expect(listed).toEqual(
      large
        .slice(0, 300)
        .flatMap(({ id: productId, variants }) => variants.map(({ id }) => ({ id, productId }))),
    );
  });
  it('makes slugs that can stand in an address', () => {
    expect(large.filter(({ slug }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([]);
  });
});

describe('taxonomy', () => {
  it('has twelve departments, sixty leaves and 240 brands, each under a name of its own', () => {
    expect([departments.length, leaves.length, brands.length]).toEqual([12, 60, 240]);
    expect(duplicates(categories.map(({ slug }) => slug))).toBe(0);
    expect(duplicates(categories.map(({ id }) => id))).toBe(0);
    expect(duplicates(brands.map(({ name }) => name))).toBe(0);
  });
  it.each(leaves.map((leaf) => [leaf.slug, leaf] as const))(
    '%s only speaks of attributes that it has',
    (_, leaf) => {
      const ids = new Set(leaf.attributes.map(({ id }) => id));
      const named = [
        ...leaf.phrases.flatMap((phrase) =>
          [...phrase.matchAll(/\{([a-z-]+)\}/g)].map((match) => match[1] ?? ''),
        ),
        ...leaf.nouns.flatMap(({ implies }) => Object.keys(implies ?? {})),
        ...leaf.attributes.flatMap(({ follows }) => follows ?? []),
      ];
      expect(named.filter((id) => !ids.has(id))).toEqual([]);
      for (const { follows, values } of leaf.attributes) {
        if (follows === undefined) continue;
        expect(values.length).toBe(leaf.attributes.find(({ id }) => id === follows)?.values.length);
      }
    },
  );
  it('has something everywhere even in a small shop', () => {
    expect(new Set(first(500).map(({ categorySlug }) => categorySlug)).size).toBe(60);
  });
});

describe('prices', () => {
  it('stay inside the curve of their leaf and end as shops end them', () => {
    for (const { categorySlug, variants } of large) {
      const { price } = leafBySlug(categorySlug)!;
      for (const { priceMinor } of variants) {
        // Rounding to an ending may leave the curve by one step.
        expect(priceMinor).toBeGreaterThanOrEqual(price.lowest * 0.9 - 50);
        expect(priceMinor).toBeLessThanOrEqual(price.highest * 1.05);
        expect(priceMinor % 100 === 0 || priceMinor % 10 === 9 || priceMinor % 100 === 90).toBe(true);
      }
    }
  });
  it('rise with what costs more: more storage is never cheaper', () => {
    for (const { categorySlug, variants } of large) {
      const axis = leafBySlug(categorySlug)!.axes.find(({ priceFactors }) => priceFactors !== undefined);
      if (!axis) continue;
      const ranked = variants.map(({ options, priceMinor }) => {
        const others = options
          .filter(({ name }) => name !== axis.name)
          .map(({ value }) => value)
          .join();
        return {
          others,
          place: axis.values.indexOf(options.find(({ name }) => name === axis.name)?.value ?? ''),
          priceMinor,
        };
      });
      const samePartners = ranked
        .filter(({ others }) => others === ranked[0]?.others)
        .sort((a, b) => a.place - b.place);
      const prices = samePartners.map(({ priceMinor }) => priceMinor);
      if (axis.priceFactors?.length && leafBySlug(categorySlug)!.axes.length === 1) {
        expect(prices).toEqual([...prices].sort((a, b) => a - b));
      }
    }
  });
});

describe('sense', () => {
  it('keeps every promise of the noun: a leather sneaker is of leather', () => {
    let promises = 0;
    for (const product of large) {
      const leaf = leafBySlug(product.categorySlug)!;
      const noun = leaf.nouns
        .filter(({ name }) => product.name.endsWith(` ${name}`))
        .sort((a, b) => b.name.length - a.name.length)[0];
      for (const [id, allowed] of Object.entries(noun?.implies ?? {})) {
        promises += 1;
        expect(allowed).toContain(product.attributes.find((attribute) => attribute.id === id)?.value);
      }
    }
    expect(promises).toBeGreaterThan(5_000);
  });
  it('lets the bigger tent weigh more', () => {
    const weights = new Map(
      large
        .filter(({ categorySlug }) => categorySlug === 'tents')
        .map(({ attributes }) => [
          attributes.find(({ id }) => id === 'capacity')?.value,
          attributes.find(({ id }) => id === 'weight')?.value,
        ]),
    );
    expect(weights.get('1 person')).toBe('1.4 kg');
    expect(weights.get('6 persons')).toBe('7.8 kg');
  });
  it('describes without gaps, doubled spaces or broken articles', () => {
    const bad = large.filter(({ description }) =>
      /[{}]|undefined| {2}|\ba [aeio]|\b(a|an) [A-Za-z]*\s*(Headphones|Earbuds|Jeans)\b/.test(description),
    );
    expect(bad.map(({ description }) => description)).toEqual([]);
  });
  it('makes a few things very popular', () => {
    const sorted = large.map(({ popularity }) => popularity).sort((a, b) => b - a);
    const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
    expect(sum(sorted.slice(0, sorted.length / 10)) / sum(sorted)).toBeGreaterThan(0.4);
  });
});

it('puts at least twenty of everything on the shelf', () => {
  const stock = [...catalogueVariants({ products: 2_000 })].map(({ id }) => stockFor(id));
  expect(Math.min(...stock)).toBeGreaterThanOrEqual(20);
  expect(new Set(stock).size).toBeGreaterThan(50);
  expect(stockFor('var_1')).toBe(stockFor('var_1', 7));
});
