import { expect, it } from 'vitest';
import { isThrottled, throttled, windowAt } from './throttle.js';

const rule = { maxFailures: 3, windowMs: 60_000 };
const at = (text: string): Date => new Date(`2026-11-22T${text}Z`);

it('puts instants into windows that do not overlap', () => {
  expect(windowAt(rule, at('12:00:00.000'))).toEqual(windowAt(rule, at('12:00:59.999')));
  expect(windowAt(rule, at('12:01:00.000')).number).toBe(windowAt(rule, at('12:00:00.000')).number + 1);
  expect(windowAt(rule, at('12:00:30.000')).endsAt).toEqual(at('12:01:00.000'));
});

it('lets as many failures pass as the rule says', () => {
  expect([0, 2, 3, 4].map((failures) => isThrottled(rule, failures))).toEqual([false, false, true, true]);
});

it.each([
  ['12:00:59', 'in a minute'],
  ['12:00:01', 'in a minute'],
  ['11:45:30', 'in 16 minutes'],
])('says at %s how long it takes until 12:01', (now, wait) => {
  const retryAt = at('12:01:00');
  expect(throttled(retryAt, at(now))).toEqual({
    code: 'THROTTLED',
    message: `Too many failed attempts. Try again ${wait}, at 12:01:00 UTC.`,
    path: [],
    retryAt,
  });
});
