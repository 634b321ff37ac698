import { expect, test } from 'vitest';
import { TOLERANCE_MS, problemOf, sign } from './signature.js';

const secret = 'a carrier secret of at least 32 characters';
const now = new Date('2026-01-01T00:00:00Z');
const body = Buffer.from('{"kind":"DELIVERED"}');
const later = (ms: number): Date => new Date(now.getTime() + ms);

test('a signature is good for its body, its secret and five minutes, either way', () => {
  const signature = sign(body, secret, now);
  expect(signature).toMatch(/^t=1767225600,v1=[0-9a-f]{64}$/);
  expect(problemOf(signature, body, { secret, now })).toBeUndefined();
  expect(problemOf(signature, body, { secret, now: later(TOLERANCE_MS) })).toBeUndefined();
  expect(problemOf(signature, body, { secret, now: later(-TOLERANCE_MS) })).toBeUndefined();
  expect(problemOf(signature, body, { secret, now: later(TOLERANCE_MS + 1) })).toBe('OUT_OF_DATE');
  expect(problemOf(signature, body, { secret, now: later(-TOLERANCE_MS - 1) })).toBe('OUT_OF_DATE');
  expect(problemOf(signature, Buffer.from('{"kind":"LOST"}'), { secret, now })).toBe('FORGED');
  expect(problemOf(signature, body, { secret: `${secret}!`, now })).toBe('FORGED');
  expect(problemOf(signature.replace('t=1767225600', 't=1767225601'), body, { secret, now })).toBe('FORGED');
});

test('one of several is enough, which is how a secret is changed', () => {
  const [time, old] = sign(body, 'the secret that was used before this one', now).split(',');
  const [, fresh] = sign(body, secret, now).split(',');
  expect(problemOf([time, old, fresh].join(','), body, { secret, now })).toBeUndefined();
  expect(problemOf([time, old].join(','), body, { secret, now })).toBe('FORGED');
});

test.each([
  undefined,
  ['t=1,v1=00'],
  '',
  'v1=00',
  't=1',
  't=one,v1=00',
  't=1767225600,v1=zz',
  't=1767225600,v1=',
])('what is no signature is refused: %j', (signature) => {
  expect(problemOf(signature, body, { secret, now })).toBe('MALFORMED');
});
