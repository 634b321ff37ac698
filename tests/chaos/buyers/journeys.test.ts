import { expect, test } from 'vitest';
import { loneBuyer, noAnswer, placedOrder } from './__fixtures__/lone-buyer.js';
import type { Reply } from './graph-client.js';
import { buy, cancel, doubleClick, sendBack } from './journeys.js';

const cart: Reply<unknown> = {
  answered: true,
  data: { addToCart: { cart: { token: 'guest', itemCount: 1 }, errors: [] } },
};
const cancelled = (status: string): Reply<unknown> => ({
  answered: true,
  data: { cancelOrder: { order: { id: 'o1', status }, errors: [] } },
});
const returned = (...errors: { code: string }[]): Reply<unknown> => ({
  answered: true,
  data: { returnOrder: { errors } },
});
/** Answers carts as carts, and everything else with the last answer. */
function shopper(answer: Reply<unknown>) {
  const lone = loneBuyer(answer);
  const { ask } = lone.buyer.graph;
  const graph: typeof lone.buyer.graph = {
    ...lone.buyer.graph,
    ask: async <Data>(query: string, variables?: Readonly<Record<string, unknown>>) =>
      // What a test answers is what the query asks for.
      query.includes('addToCart') ? (cart as Reply<Data>) : ask<Data>(query, variables),
  };
  return { ...lone, buyer: { ...lone.buyer, graph } };
}

test('whoever cannot fill a cart walks away and was promised nothing', async () => {
  const { buyer, news } = loneBuyer(noAnswer);
  await buy(buyer);
  expect(news()).toEqual([]);
  expect(buyer.open).toEqual([]);
});

test('a placement without an outcome stays open, with its key and cart', async () => {
  const { buyer } = shopper(noAnswer);
  await buy(buyer);
  expect(buyer.open).toMatchObject([{ key: 'key-1', identity: { 'x-cart-token': 'guest' } }]);
});

test('buyers choose how it is sent, or leave it to the shop', async () => {
  const { buyer } = shopper(noAnswer);
  for (let order = 0; order < 200; order += 1) await buy(buyer);
  const chosen = new Set(buyer.open.map(({ input }) => input['shippingOptionId']));
  expect(chosen).toEqual(new Set([undefined, 'standard', 'express', 'freight']));
});

test('clicks at once carry one key', async () => {
  const { buyer, asked } = shopper(placedOrder('PLACED'));
  await doubleClick(buyer);
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(asked.map(({ variables }) => JSON.stringify(variables))).size).toBe(1);
  expect(buyer.orders).toHaveLength(1);
});

test('only an order that is said to be off counts as cancelled', async () => {
  for (const status of ['PAID', 'CANCELLED']) {
    const { buyer, news } = loneBuyer(cancelled(status));
    buyer.orders.push(...Array.from({ length: 3 }, () => ({ id: 'o1', accessToken: null })));
    await cancel(buyer);
    expect(news()).toEqual(status === 'CANCELLED' ? [{ kind: 'cancelled', orderId: 'o1' }] : []);
  }
});

test('only a return that was accepted counts', async () => {
  for (const answer of [noAnswer, returned({ code: 'INVALID_TRANSITION' }), returned()]) {
    const { buyer, news } = loneBuyer(answer);
    buyer.orders.push(...Array.from({ length: 12 }, () => ({ id: 'o1', accessToken: null })));
    await sendBack(buyer);
    const isAccepted = answer.answered && JSON.stringify(answer).includes('"errors":[]');
    expect(news()).toEqual(isAccepted ? [{ kind: 'returned', orderId: 'o1' }] : []);
  }
});
