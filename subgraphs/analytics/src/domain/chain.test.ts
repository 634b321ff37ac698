import { expect, test } from 'vitest';
import { GENESIS } from './audit-record.js';
import { chainOn, firstBroken } from './chain.js';

const event = (id: string, more: object = {}) => ({
  id,
  type: 'order.placed',
  source: 'orders',
  aggregateId: 'o1',
  version: 3,
  occurredAt: '2026-11-22T09:30:00.000Z',
  correlationId: 'o1',
  payload: { orderId: 'o1', lines: [{ quantity: 2, variantId: 'v1' }] },
  redacted: ['paymentToken'],
  ...more,
});
const NOW = new Date('2026-11-22T09:30:01.000Z');
const chain = chainOn(
  GENESIS,
  ['a', 'b', 'c', 'd'].map((id) => event(id)),
  NOW,
);

test('records are numbered from the head on, and each hash depends on all before', () => {
  expect(chain.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(firstBroken(GENESIS, chain)).toBeUndefined();
  const other = chainOn(GENESIS, [event('x'), ...['b', 'c', 'd'].map((id) => event(id))], NOW);
  expect(other.map(({ hash }, index) => hash.equals(chain[index]?.hash ?? hash))).toEqual(
    Array(4).fill(false),
  );
});

test('the same events in portions make the same chain', () => {
  const [first, ...rest] = ['a', 'b', 'c', 'd'].map((id) => event(id));
  const start = chainOn(GENESIS, first ? [first] : [], NOW);
  expect([...start, ...chainOn(start[0] ?? GENESIS, rest, NOW)]).toEqual(chain);
});

test('neither the order of keys nor the zone of an instant makes a difference', () => {
  const same = event('a', {
    occurredAt: '2026-11-22T10:30:00+01:00',
    payload: { lines: [{ variantId: 'v1', quantity: 2 }], orderId: 'o1' },
  });
  expect(chainOn(GENESIS, [same], NOW)[0]?.hash).toEqual(chain[0]?.hash);
});

test('a clock that goes backwards does not take recordedAt along', () => {
  const [record] = chainOn(chain[3] ?? GENESIS, [event('e')], new Date(NOW.getTime() - 60_000));
  expect(record?.recordedAt).toBe(NOW.toISOString());
});

test('an event without a real instant is refused', () => {
  expect(() => chainOn(GENESIS, [event('a', { occurredAt: 'yesterday' })], NOW)).toThrow(RangeError);
});

test.each([
  ['a payload', { payload: { orderId: 'o1', lines: [{ quantity: 3, variantId: 'v1' }] } }],
  ['a type', { type: 'order.paid' }],
  ['an instant', { occurredAt: '2026-11-22T09:30:00.001Z' }],
  ['what was taken out', { redacted: [] }],
  ['a version', { version: 4 }],
])('%s that was changed is found, by the first record that tells of it', (_what, change) => {
  const tampered = chain.map((record) => (record.number === 3 ? { ...record, ...change } : record));
  expect(firstBroken(GENESIS, tampered)).toEqual({ number: 3, eventId: 'c', reason: 'CHANGED' });
});

test('a record that was taken out, put in or moved is found', () => {
  const [a, b, c, d] = chain;
  if (!a || !b || !c || !d) throw new Error('a chain of four');
  expect(firstBroken(GENESIS, [a, c, d])).toEqual({ number: 2, eventId: null, reason: 'MISSING' });
  expect(firstBroken(GENESIS, [a, { ...c, number: 2 }, { ...b, number: 3 }, d])).toEqual({
    number: 2,
    eventId: 'c',
    reason: 'CHANGED',
  });
  // Whoever renumbers what follows and chains it anew cannot keep the hashes that were noted elsewhere.
  const [forged] = chainOn(a, [event('x')], NOW);
  if (!forged) throw new Error('one record');
  expect(firstBroken(GENESIS, [a, forged, c, d])).toEqual({ number: 3, eventId: 'c', reason: 'CHANGED' });
});
