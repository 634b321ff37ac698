import { expect, it } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.js';

const options = { windowMs: 1_000, minimumRequests: 4, failureRatio: 0.5, openMs: 500 };

it('opens at its share of failures, and not before it has seen enough', () => {
  const breaker = createCircuitBreaker(options);
  for (const succeeded of [false, false, false]) breaker.record(succeeded, 0);
  expect(breaker.state(0)).toBe('closed');
  breaker.record(true, 10);
  expect(breaker.admit(10)).toBe(true);
  breaker.record(false, 20);
  expect([breaker.state(20), breaker.admit(20), breaker.waitMs(120)]).toEqual(['open', false, 400]);
});

it('lets one probe pass, which decides', () => {
  const breaker = createCircuitBreaker(options);
  for (let index = 0; index < 4; index += 1) breaker.record(false, 0);
  expect([breaker.admit(499), breaker.admit(500), breaker.admit(500)]).toEqual([false, true, false]);
  breaker.record(false, 510);
  expect([breaker.admit(600), breaker.admit(1_010)]).toEqual([false, true]);
  breaker.record(true, 1_020);
  expect([breaker.state(1_020), breaker.admit(1_020), breaker.admit(1_020)]).toEqual(['closed', true, true]);
});

it('a probe whose client left makes room for another', () => {
  const breaker = createCircuitBreaker(options);
  for (let index = 0; index < 4; index += 1) breaker.record(false, 0);
  expect(breaker.admit(500)).toBe(true);
  breaker.forget();
  expect(breaker.admit(501)).toBe(true);
});

it('forgets what is older than its window, also after a long silence', () => {
  const breaker = createCircuitBreaker(options);
  for (let index = 0; index < 3; index += 1) breaker.record(false, 0);
  breaker.record(false, 1_100);
  expect(breaker.state(1_100)).toBe('closed');
  // The same part of the ring, many rounds later.
  for (let index = 0; index < 3; index += 1) breaker.record(false, 500_000);
  expect(breaker.state(500_000)).toBe('closed');
});

it('late answers to old requests do not count while it is open', () => {
  const breaker = createCircuitBreaker(options);
  for (let index = 0; index < 4; index += 1) breaker.record(false, 0);
  breaker.record(true, 100);
  expect(breaker.state(100)).toBe('open');
});
