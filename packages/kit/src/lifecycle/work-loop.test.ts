import { expect, test } from 'vitest';
import { createLogger } from '../log/logger.js';
import { startWorkLoop } from './work-loop.js';

const logger = createLogger({ level: 'silent' });
/** A store of things to do, of which each is handed out once. */
const storeOf = (...items: number[]) => ({
  items,
  claim: async (limit: number) => items.splice(0, limit),
});

test('does all there is, side by side, and no more at one time than it may', async () => {
  const store = storeOf(1, 2, 3, 4, 5, 6, 7);
  const done: number[] = [];
  let underWay = 0;
  let most = 0;
  const loop = startWorkLoop({
    name: 'things',
    claim: store.claim,
    async work(item: number) {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      done.push(item);
    },
    logger,
    atOnce: 3,
    everyMs: 60_000,
  });
  await expect.poll(() => done).toHaveLength(7);
  expect(most).toBe(3);
  store.items.push(8);
  loop.wake();
  await expect.poll(() => done).toContain(8);
  await loop.stop();
});

test('a slow thing holds up no other, and is told when the loop is stopped', async () => {
  const store = storeOf(0, 1, 2);
  const done: number[] = [];
  const loop = startWorkLoop({
    name: 'things',
    claim: store.claim,
    async work(item: number, signal) {
      if (item === 0) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      done.push(item);
    },
    logger,
    atOnce: 2,
    everyMs: 60_000,
  });
  await expect.poll(() => done).toEqual([1, 2]);
  await loop.stop();
  expect(done).toEqual([1, 2, 0]);
  loop.wake();
  store.items.push(3);
  expect(store.items).toEqual([3]);
});

test('failures of the store and of the work end nothing', async () => {
  const store = storeOf(1, 2);
  const done: number[] = [];
  let failures = 2;
  const loop = startWorkLoop({
    name: 'things',
    async claim(limit) {
      if (--failures >= 0) throw new Error('the store is away');
      return store.claim(limit);
    },
    async work(item: number) {
      done.push(item);
      if (item === 1) throw new Error('that went wrong');
    },
    logger,
    everyMs: 1,
  });
  await expect.poll(() => done).toEqual([1, 2]);
  await loop.stop();
});
