import { expect, test } from 'vitest';
import { redact, redactText } from './redact.js';

test('ids, numbers and states stay; whatever may be about a person is hidden', () => {
  const payload = {
    orderId: 'order-1',
    status: 'PAID',
    amountMinor: 1299,
    currency: 'EUR',
    email: 'ada@souk.test',
    paymentToken: 'tok_approve',
    address: { name: 'Ada Lovelace', city: 'London', country: 'GB', line2: null },
    lines: [{ variantId: 'v1', quantity: 2, note: 'for Ada' }],
    variantIds: ['a', 'b'],
    customerId: 'ada@souk.test',
    gift: true,
  };
  expect(redact(payload)).toEqual({
    orderId: 'order-1',
    status: 'PAID',
    amountMinor: 1299,
    currency: 'EUR',
    email: '[hidden]',
    paymentToken: '[hidden]',
    address: { name: '[hidden]', city: '[hidden]', country: '[hidden]', line2: null },
    lines: [{ variantId: 'v1', quantity: 2, note: '[hidden]' }],
    variantIds: ['a', 'b'],
    customerId: '[hidden]',
    gift: true,
  });
});

test('long lists and long texts are cut', () => {
  expect(redact({ ids: 7, variantIds: Array.from({ length: 8 }, (_, index) => `v${index}`) })).toEqual({
    ids: 7,
    variantIds: ['v0', 'v1', 'v2', 'v3', 'v4', 'and 3 more'],
  });
  expect(redact('x'.repeat(500), 'orderId')).toHaveLength(80);
});

test('errors keep what they say and lose whom they say it about', () => {
  expect(redactText('Key (email)=(ada@souk.test)\n already exists')).toBe(
    'Key (email)=([hidden]) already exists',
  );
  expect(redactText('Error: tok_decline was refused')).toBe('Error: [hidden] was refused');
  expect(redactText(`bearer ${'a1B2'.repeat(12)}`)).toBe('bearer [hidden]');
  expect(redactText('order 0b8f3c52-7a44-4f5e-9d70-0c1de1f2a3b4 is unknown')).toContain(
    '0b8f3c52-7a44-4f5e-9d70-0c1de1f2a3b4',
  );
  expect(redactText('wrong '.repeat(100))).toHaveLength(200);
});
