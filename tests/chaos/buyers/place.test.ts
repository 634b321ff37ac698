import { describe, expect, test } from 'vitest';
import { loneBuyer, noAnswer, placedOrder, refusedOrder } from './__fixtures__/lone-buyer.js';
import { insist, place } from './place.js';

const placement = { key: 'key-1', identity: {}, input: { paymentToken: 'tok_approve' } };
const placed = (status: string) => ({
  kind: 'placed',
  key: 'key-1',
  orderId: 'o1',
  number: 'S-1',
  status,
  totalMinor: 500,
  lines: [{ quantity: 2, variantId: 'lamp' }],
});

describe('one attempt', () => {
  test('an order is on record, and its page is opened', async () => {
    const { buyer, news, watched, asked } = loneBuyer(placedOrder('PLACED'));
    expect(await place(buyer, placement)).toBe('known');
    expect(news()).toEqual([placed('PLACED')]);
    expect(watched).toEqual(['o1']);
    expect(buyer.orders).toEqual([{ id: 'o1', accessToken: 'secret' }]);
    expect(asked[0]?.variables).toEqual({ input: { paymentToken: 'tok_approve', idempotencyKey: 'key-1' } });
  });

  test.each(['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'TIMED_OUT', 'ORDER_CANCELLED'])(
    '%s is the outcome of the key',
    async (code) => {
      const { buyer, news } = loneBuyer(refusedOrder(code));
      expect(await place(buyer, placement)).toBe('known');
      expect(news()).toEqual([{ kind: 'refused', key: 'key-1', code }]);
    },
  );

  test.each(['CART_EMPTY', 'INVALID_INPUT', 'NOT_FOUND'])(
    '%s promises nothing about the key',
    async (code) => {
      const { buyer, news } = loneBuyer(refusedOrder(code));
      expect(await place(buyer, placement)).toBe('unused');
      expect(news()).toEqual([]);
    },
  );

  test('no answer is on record as such: it may have been done', async () => {
    const { buyer, news } = loneBuyer(noAnswer);
    expect(await place(buyer, placement)).toBe('open');
    expect(news()).toEqual([{ kind: 'unanswered', what: 'placeOrder', key: 'key-1', reason: 'timeout' }]);
  });
});

describe('insisting', () => {
  test('goes on with the same key until the outcome is known', async () => {
    const { buyer, news, asked } = loneBuyer(noAnswer, placedOrder('PENDING'), placedOrder('PAID'));
    expect(await insist(buyer, placement, 5)).toBe(true);
    expect(news().map(({ kind }) => kind)).toEqual(['unanswered', 'placed', 'placed']);
    expect(new Set(asked.map(({ variables }) => JSON.stringify(variables))).size).toBe(1);
  });

  test('ends after so many attempts, without knowing', async () => {
    const { buyer, asked } = loneBuyer(placedOrder('PENDING'));
    expect(await insist(buyer, placement, 3)).toBe(false);
    expect(asked).toHaveLength(3);
  });

  test('answers the question of the bank while the order waits for it', async () => {
    const { buyer, confirmed } = loneBuyer(placedOrder('PENDING'), placedOrder('PLACED'));
    const challenged = { ...placement, input: { paymentToken: 'tok_challenge' } };
    expect(await insist(buyer, challenged, 3)).toBe(true);
    expect(confirmed).toEqual(['o1']);
  });
});
