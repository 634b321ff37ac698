import { expect, it } from 'vitest';
import { createRetryPolicy } from './retry.js';

it('pauses twice as long each time, at most as often as told', () => {
  const policy = createRetryPolicy({ attempts: 3, delayMs: 100 }, () => 0.5);
  expect([1, 2, 3, 4].map((attempt) => policy.next(attempt))).toEqual([50, 100, 200, undefined]);
});

it('runs out of repetitions when everything fails, and earns new ones by first attempts', () => {
  const policy = createRetryPolicy({ attempts: 1, budget: 0.5 }, () => 0);
  const repeated = (): boolean => policy.next(1) !== undefined;
  while (repeated());
  policy.earn();
  expect(repeated()).toBe(false);
  policy.earn();
  expect([repeated(), repeated()]).toEqual([true, false]);
});
