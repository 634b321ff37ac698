import { expect, test } from 'vitest';
import { createLogger } from '../log/logger.js';
import { startPruning } from './pruning.js';

const logger = createLogger({ level: 'silent' });
const soon = { logger, firstMs: 0, portion: 10 };

test('removes all there is, portion by portion, and looks again', async () => {
  let old = 25;
  const asked: number[] = [];
  const prune = async (limit: number): Promise<number> => {
    asked.push(limit);
    const removed = Math.min(limit, old);
    old -= removed;
    return removed;
  };
  const pruning = startPruning({ ...soon, tasks: [{ name: 'things', prune }], everyMs: 1 });
  await expect.poll(() => old).toBe(0);
  old = 7;
  await expect.poll(() => old).toBe(0);
  await pruning.stop();
  expect(new Set(asked)).toEqual(new Set([10]));
});

test('what fails keeps nothing else from being removed, and is tried again', async () => {
  let failures = 2;
  let removed = 0;
  const tasks = [
    {
      name: 'stones',
      async prune() {
        if (--failures >= 0) throw new Error('the database is away');
        return 0;
      },
    },
    {
      name: 'leaves',
      async prune() {
        removed += 1;
        return 0;
      },
    },
  ];
  const pruning = startPruning({ ...soon, tasks, everyMs: 1 });
  await expect.poll(() => failures).toBeLessThan(0);
  expect(removed).toBeGreaterThanOrEqual(2);
  await pruning.stop();
});

test('stops between two portions, and before the first', async () => {
  let calls = 0;
  const endless = { name: 'sand', prune: async (limit: number) => ((calls += 1), limit) };
  const pruning = startPruning({ ...soon, tasks: [endless] });
  await expect.poll(() => calls).toBeGreaterThan(1);
  await pruning.stop();
  const before = calls;
  await startPruning({ logger, tasks: [endless] }).stop();
  expect(calls).toBe(before);
});
