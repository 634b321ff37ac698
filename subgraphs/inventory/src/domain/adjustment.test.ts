import { expect, test } from 'vitest';
import {
  type AdjustmentRequest,
  MAX_DELTA,
  decideAdjustment,
  fingerprintOf,
  problemOf,
} from './adjustment.js';
import { MAX_ON_HAND } from './stock.js';
import type { StockItem } from './stock-item.js';

const request: AdjustmentRequest = { variantId: 'v1', delta: 5, idempotencyKey: 'k', userId: 'ada' };
const item: StockItem = {
  variantId: 'v1',
  onHand: 10,
  available: 4,
  reserved: 6,
  version: 1,
  steps: [],
  adjustments: [],
};

test('units come and go, but reserved ones stay', () => {
  expect(decideAdjustment(item, 5)).toEqual({
    kind: 'applied',
    stock: { onHand: 15, available: 9, reserved: 6 },
  });
  expect(decideAdjustment(item, -4)).toEqual({
    kind: 'applied',
    stock: { onHand: 6, available: 0, reserved: 6 },
  });
  expect(decideAdjustment(item, -5)).toEqual({ kind: 'refused', available: 4 });
});

test('more than an Int can carry is refused', () => {
  const full = { ...item, onHand: MAX_ON_HAND, available: MAX_ON_HAND - 6 };
  expect(decideAdjustment(full, 1)).toMatchObject({ kind: 'refused' });
});

test('a fingerprint tells every other request apart, and not the key', () => {
  const own = fingerprintOf(request);
  expect(fingerprintOf({ ...request, idempotencyKey: 'other' })).toBe(own);
  const others = [{ delta: -5 }, { variantId: 'v2' }, { userId: 'bob' }, { variantId: 'v1,5', delta: 0 }];
  expect(new Set([own, ...others.map((other) => fingerprintOf({ ...request, ...other }))]).size).toBe(5);
});

test.each([
  [{ delta: 0 }, 'delta'],
  [{ delta: MAX_DELTA + 1 }, 'delta'],
  [{ delta: -MAX_DELTA - 1 }, 'delta'],
  [{ idempotencyKey: '' }, 'idempotencyKey'],
  [{ idempotencyKey: 'x'.repeat(201) }, 'idempotencyKey'],
  [{ variantId: '' }, 'variantId'],
])('%j is a problem of %s', (wrong, field) => {
  expect(problemOf({ ...request, ...wrong })?.path).toEqual([field]);
});

test('an ordinary request has no problem', () => {
  expect(problemOf(request)).toBeUndefined();
  expect(problemOf({ ...request, idempotencyKey: 'x'.repeat(200), delta: -MAX_DELTA })).toBeUndefined();
});
