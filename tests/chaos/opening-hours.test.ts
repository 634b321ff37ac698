import { expect, test } from 'vitest';
import { openingHours } from './opening-hours.js';

const closed = (signal: AbortSignal) => expect.poll(() => signal.aborted, { timeout: 20_000 }).toBe(true);

test('people go home when the time is over', async () => {
  const startedAt = performance.now();
  const over = openingHours({ ms: 50 });
  expect(over.aborted).toBe(false);
  await closed(over);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(48);
});

test('they stay until enough has happened', async () => {
  let asked = 0;
  await closed(openingHours({ ms: 0, isEnough: () => (asked += 1) > 2 }));
  expect(asked).toBe(3);
});

test('but not for ever', async () => {
  await closed(openingHours({ ms: 0, isEnough: () => false, extraMs: 150 }));
});
