import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANONYMOUS } from '@souk/kit/auth';
import { buyerOf, hashToken } from './buyer.js';
import { cartProblem, staleLines, subtotalOf, type CartLine } from './cart.js';
import { canonicalCheckout, checkoutProblems, fingerprintOf } from './checkout-input.js';
import { accessTokenOf, mayAccess } from './order-access.js';
import { formatOrderNumber, parseOrderNumber } from './order-number.js';

const input = {
  idempotencyKey: 'key-1',
  email: 'ada@souk.test',
  shippingAddress: { name: 'Ada', line1: '1 Loop', city: 'London', postalCode: 'N1', country: 'GB' },
  paymentToken: 'tok_approve',
};
const ada = buyerOf({ kind: 'user', userId: 'ada', roles: ['CUSTOMER'] }, undefined);

describe('a key stands for', () => {
  const print = fingerprintOf(canonicalCheckout(input), ada);
  test('the same input, however it is spaced, whatever the key is', () => {
    const spaced = {
      ...input,
      idempotencyKey: 'another',
      email: ' ada@souk.test ',
      shippingAddress: { ...input.shippingAddress, line2: ' ', country: 'gb' },
    };
    expect(fingerprintOf(canonicalCheckout(spaced), ada)).toEqual(print);
  });
  test('and for nothing else', () => {
    const others = [
      fingerprintOf(canonicalCheckout({ ...input, paymentToken: 'tok_decline' }), ada),
      fingerprintOf(canonicalCheckout({ ...input, email: 'eve@souk.test' }), ada),
      fingerprintOf(canonicalCheckout(input), buyerOf(ANONYMOUS, 'ada')),
      fingerprintOf(canonicalCheckout(input), buyerOf(ANONYMOUS, undefined)),
    ];
    expect(new Set([print, ...others].map(String)).size).toBe(others.length + 1);
  });
  test('fields cannot flow into each other', () => {
    const of = (name: string, line1: string) =>
      fingerprintOf(
        canonicalCheckout({ ...input, shippingAddress: { ...input.shippingAddress, name, line1 } }),
        ada,
      );
    expect(of('Ada 1', 'Loop')).not.toEqual(of('Ada', '1 Loop'));
  });
});

test('every bad field is named at once', () => {
  const bad = canonicalCheckout({
    idempotencyKey: '',
    email: 'nobody',
    shippingAddress: { name: '', line1: 'x'.repeat(201), city: ' ', postalCode: '', country: 'Germany' },
    paymentToken: '',
  });
  expect(checkoutProblems(bad).map(({ path }) => path.join('.'))).toEqual([
    'idempotencyKey',
    'email',
    'shippingAddress.name',
    'shippingAddress.line1',
    'shippingAddress.city',
    'shippingAddress.postalCode',
    'shippingAddress.country',
    'paymentToken',
  ]);
  expect(checkoutProblems(canonicalCheckout(input))).toEqual([]);
});

describe('a cart', () => {
  const line = (amountMinor: number, quantity = 1, currency: 'EUR' | 'USD' = 'EUR'): CartLine => ({
    id: 'l',
    variantId: 'v',
    quantity,
    unitPrice: { amountMinor, currency },
    weightGrams: 900,
    quotedAt: new Date(0),
  });
  test('adds up exactly', () => {
    expect(subtotalOf([line(1999, 3), line(1)])).toEqual({ amountMinor: 5998, currency: 'EUR' });
    expect(subtotalOf([])).toEqual({ amountMinor: 0, currency: 'EUR' });
  });
  test('keeps a price and a weight for ten minutes, once it has them', () => {
    expect(staleLines([{ ...line(1), weightGrams: null }], new Date(0))).toHaveLength(1);
    expect(staleLines([line(1)], new Date(599_999))).toEqual([]);
    expect(staleLines([line(1)], new Date(600_000))).toHaveLength(1);
  });
  test('refuses what no order could hold', () => {
    expect(cartProblem([line(100), line(100)])).toBeNull();
    expect(cartProblem([line(100), line(100, 1, 'USD')])).toMatch(/one currency/);
    expect(cartProblem([line(30_000_000, 99)])).toMatch(/several orders/);
    expect(cartProblem(Array.from({ length: 101 }, () => line(1)))).toMatch(/at most 100/);
  });
});

describe('an order', () => {
  const secret = 'a secret of at least 32 characters!!';
  const token = accessTokenOf('o1', secret);
  const guests = { customerId: null, accessTokenHash: hashToken(token) };
  const adas = { ...guests, customerId: 'ada' };
  test('opens for its owner, staff, services and the holder of its token', () => {
    expect(mayAccess({ kind: 'user', userId: 'ada', roles: [] }, adas)).toBe(true);
    expect(mayAccess({ kind: 'user', userId: 'x', roles: ['STAFF'] }, adas)).toBe(true);
    expect(mayAccess({ kind: 'service', service: 'shipping' }, guests)).toBe(true);
    expect(mayAccess(ANONYMOUS, guests, token)).toBe(true);
  });
  test('and for nobody else', () => {
    expect(mayAccess(ANONYMOUS, guests)).toBe(false);
    expect(mayAccess(ANONYMOUS, guests, '')).toBe(false);
    expect(mayAccess(ANONYMOUS, guests, accessTokenOf('o2', secret))).toBe(false);
    expect(mayAccess({ kind: 'user', userId: 'eve', roles: ['CUSTOMER'] }, adas)).toBe(false);
  });
  test('is found by its number as people write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_001, max: 999_999_999 }), (sequence) => {
        expect(parseOrderNumber(formatOrderNumber(sequence))).toBe(sequence);
      }),
    );
    expect([' s10042', '10042'].map(parseOrderNumber)).toEqual([10_042, 10_042]);
    expect(parseOrderNumber('ada')).toBeNull();
  });
});
