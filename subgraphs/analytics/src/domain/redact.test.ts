import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { redact } from './redact.js';

test('the command to authorise a payment keeps the money and loses token and e-mail', () => {
  const payload = {
    orderId: 'o1',
    amountMinor: 1999,
    currency: 'EUR',
    paymentToken: 'tok_approve',
    customerId: 'usr_1',
    email: 'ada@souk.test',
  };
  expect(redact('orders', payload)).toEqual({
    payload: { orderId: 'o1', amountMinor: 1999, currency: 'EUR', customerId: 'usr_1' },
    removed: ['paymentToken', 'email'],
  });
});

test('an address is lost as a whole, lines are kept', () => {
  const address = { name: 'Ada', line1: 'Main St 1', line2: null, city: 'London', country: 'GB' };
  const lines = [{ variantId: 'v1', quantity: 2 }];
  expect(redact('orders', { orderId: 'o1', address, lines })).toEqual({
    payload: { orderId: 'o1', lines },
    removed: ['address'],
  });
});

test("a name is a person's only where people are known", () => {
  expect(redact('users', { userId: 'u1', name: 'Ada', roles: ['CUSTOMER'] }).payload).toEqual({
    userId: 'u1',
    roles: ['CUSTOMER'],
  });
  expect(redact('products', { productId: 'p1', name: 'Lamp' }).payload).toEqual({
    productId: 'p1',
    name: 'Lamp',
  });
});

// Names and looks that must never get into a store that nothing can be taken out of.
test.each([
  ['accessToken', 'x'],
  ['refresh_token', 'x'],
  ['passwordHash', 'x'],
  ['clientSecret', 'x'],
  ['apiKey', 'x'],
  ['cardNumber', '4242'],
  ['cvc', '123'],
  ['authorization', 'x'],
  ['signature', 'x'],
  ['challengeUrl', 'https://bank.test/?id=1'],
  ['customerEmail', 'ada@souk.test'],
  ['clientAddress', '10.0.0.1'],
])('%s is taken out at any depth', (name, value) => {
  const { payload, removed } = redact('payments', { orderId: 'o1', deep: [{ [name]: value, kept: 1 }] });
  expect(payload).toEqual({ orderId: 'o1', deep: [{ kept: 1 }] });
  expect(removed).toEqual([`deep[0].${name}`]);
});

test.each([
  'tok_approve',
  'the card tok_approve was refused',
  'sk_live_51H',
  'eyJhbGciOi.eyJzdWIi.x',
  'Bearer abc',
  '-----BEGIN PRIVATE KEY-----',
])('%s is taken out whatever it is called', (secret) => {
  const { payload, removed } = redact('orders', { note: secret, list: [secret] });
  expect(canonicalJson(payload)).not.toContain(secret);
  expect(removed).toEqual(['note', 'list[0]']);
});

test('what has no secret stays as it is, nulls and all', () => {
  const payload = {
    orderId: 'o1',
    reason: 'stock_pk1 and brisk_x are words',
    customerId: null,
    paymentToken: null,
    at: [1, 'x', { y: null }],
  };
  expect(redact('orders', payload)).toEqual({ payload, removed: [] });
  expect(redact('orders', null)).toEqual({ payload: null, removed: [] });
});
