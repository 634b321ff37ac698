import { expect, test } from 'vitest';
import { TOLERANCE_S, isSigned, signatureOf } from './webhook-signature.js';

const secret = 'whsec_souk';
const body = Buffer.from('{"id":"evt_1"}');
const AT = 1_700_000_000;
/** Whether a webhook signed at `AT` is accepted when it is so late. */
const isAccepted = (lateMs: number): boolean => {
  const header = `t=${AT},v1=${signatureOf(secret, AT, body)}`;
  return isSigned(header, body, { secret, now: new Date(AT * 1_000 + lateMs) });
};

test.each([1, -1])('is good for five minutes to the millisecond, either way: %i', (way) => {
  const limitMs = way * 300_000;
  expect(TOLERANCE_S).toBe(300);
  expect([isAccepted(0), isAccepted(limitMs), isAccepted(limitMs + way)]).toEqual([true, true, false]);
});
