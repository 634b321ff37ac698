import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answersJson } from '../__fixtures__/faults.js';
import { type FaultyShop, startFaultyShop } from '../__fixtures__/faulty-shop.js';
import type { Answer } from '../__fixtures__/start-gateway.js';

let shop: FaultyShop;
beforeAll(async () => {
  shop = await startFaultyShop();
});
afterAll(() => shop.stop());
afterEach(async () => {
  for (const link of Object.values(shop.links)) link.fault = undefined;
  expect(await shop.ask(QUERY)).toMatchObject({ data: { product: { name: 'Lamp', stock: 3 } } });
});

const QUERY = '{ product(id: "p1") { name stock } }';

/** What the client sees when one subgraph answers this, and the others as always. */
const when = async (service: 'products' | 'inventory', answer: unknown): Promise<Answer> => {
  shop.links[service].fault = answersJson(answer);
  const seen = await shop.ask(QUERY);
  shop.links[service].fault = undefined;
  return seen;
};

const products = { code: 'UNAVAILABLE', retryable: true, service: 'products' };
const inventory = { ...products, service: 'inventory' };
/** An error without a code was not meant for clients. */
const unmeant = { code: 'INTERNAL', retryable: false, errorId: expect.any(String) as string };
const withoutStock = { product: { name: 'Lamp', stock: null } };

describe('a subgraph answers', () => {
  it('JSON that is not GraphQL: UNAVAILABLE', async () => {
    for (const answer of [{ hello: 'world' }, [], 'text', 7, null, { errors: 'no' }]) {
      expect(await when('products', answer)).toMatchObject({
        data: { product: null },
        errors: [{ path: ['product'], extensions: products }],
      });
      expect(await when('inventory', answer)).toMatchObject({
        data: withoutStock,
        errors: [{ path: ['product'], extensions: inventory }],
      });
    }
  });

  it('no data and no errors, or empty ones: UNAVAILABLE; null is never passed off as an answer', async () => {
    const nothing = [{ data: null }, { data: null, errors: [] }, { errors: [] }, { errors: [null, 'x'] }];
    for (const answer of [...nothing, { data: 'x' }, { data: [] }]) {
      expect(await when('products', answer)).toMatchObject({
        data: { product: null },
        errors: [{ path: ['product'], extensions: products }],
      });
      expect(await when('inventory', answer)).toMatchObject({
        data: withoutStock,
        errors: [{ path: ['product'], extensions: inventory }],
      });
    }
  });

  it('values of other types than its schema says: null with an error at the place, the rest stands', async () => {
    const stocks = [{ stock: 'many' }, { stock: { much: 1 } }, { stock: [3] }, { stock: 1.5 }];
    for (const entity of stocks) {
      expect(await when('inventory', { data: { _entities: [entity] } })).toMatchObject({
        data: withoutStock,
        errors: [{ path: ['product', 'stock'], extensions: { code: 'INTERNAL', retryable: false } }],
      });
    }
    for (const product of ['x', 7, [], { __typename: 'Nonsense', id: 'p1', name: 'Lamp' }]) {
      expect(await when('products', { data: { product } })).toMatchObject({
        data: { product: null },
        errors: [{ path: ['product'], extensions: { code: 'INTERNAL' } }],
      });
    }
  });

  it('fewer or more entities than were asked for: UNAVAILABLE; nobody gets another one’s data', async () => {
    for (const entities of ['x', [], [{ stock: 1 }, { stock: 2 }]]) {
      const { data, errors } = await when('inventory', { data: { _entities: entities } });
      expect(errors).toMatchObject([{ path: ['product'], extensions: inventory }]);
      expect(data).toMatchObject({ product: { name: 'Lamp' } });
    }
  });

  it('errors without a path: they stand where its part of the answer would', async () => {
    const errors = [{ message: 'too busy', extensions: { code: 'RATE_LIMITED' } }];
    for (const answer of [{ errors }, { data: null, errors }]) {
      expect(await when('inventory', answer)).toMatchObject({
        data: withoutStock,
        errors: [
          {
            message: 'too busy',
            path: ['product'],
            extensions: { code: 'RATE_LIMITED', retryable: true, service: 'inventory' },
          },
        ],
      });
    }
    expect(await when('products', { data: null, errors })).toMatchObject({
      data: { product: null },
      errors: [{ message: 'too busy', extensions: { service: 'products', retryable: true } }],
    });
  });

  it('errors of odd shapes: each has message, code, retryable and service, and a path only if it is one', async () => {
    const odd = [{}, { message: 7, path: 'x', extensions: 'x' }, { message: '', path: [{ a: 1 }, null] }];
    const { data, errors } = await when('inventory', { data: { _entities: [null] }, errors: odd });
    expect(data).toEqual(withoutStock);
    expect(errors).toEqual(
      odd.map(() => ({
        message: expect.stringContaining('Quote error id') as string,
        path: ['product'],
        extensions: { ...unmeant, service: 'inventory' },
      })),
    );
    const typed = [{ message: 'no', extensions: { code: 5, retryable: 'yes', service: 7, hint: 'lost' } }];
    expect((await when('products', { errors: typed })).errors).toEqual([
      {
        message: expect.stringContaining('Quote error id') as string,
        extensions: { ...unmeant, service: 'products' },
      },
    ]);
  });

  it('errors with huge extensions, or without number: extensions above 8 KB and errors after 1,000 are left out', async () => {
    const extensions = { code: 'TOO_MUCH', dump: 'x'.repeat(100_000) };
    const huge = await when('inventory', { data: null, errors: [{ message: 'no', extensions }] });
    expect(huge.errors).toEqual([
      {
        message: 'no',
        path: ['product'],
        extensions: { code: 'TOO_MUCH', retryable: false, service: 'inventory' },
      },
    ]);
    const many = await when('inventory', { errors: Array(5_000).fill({ message: 'no' }) });
    expect(many.errors).toHaveLength(1_000);
  });

  it('keys that other languages trip over: they are data, never prototypes', async () => {
    const text =
      '{"data":{"product":{"__proto__":{"polluted":true},"name":"Lamp","id":"p1","__typename":"Product"}}}';
    shop.links.products.fault = answersJson(JSON.parse(text));
    await shop.ask(QUERY);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
