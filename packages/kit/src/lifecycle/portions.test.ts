import { expect, it } from 'vitest';
import { createLogger } from '../log/logger.js';
import { workInPortions } from './portions.js';

it('goes on at once while there is more, tries again what failed, and finishes a portion before it stops', async () => {
  const outcomes = [() => true, () => Promise.reject(new Error('away')), () => false];
  let done = 0;
  let finish = (): void => {};
  const lastOne = new Promise<void>((resolve) => (finish = resolve));
  let isOver = false;
  const work = workInPortions({
    portion: async () => {
      const outcome = outcomes[done];
      done += 1;
      if (outcome) return outcome();
      await lastOne;
      isOver = true;
      return true;
    },
    everyMs: 1,
    logger: createLogger({ level: 'silent' }),
    failure: 'cannot work',
  });
  await expect.poll(() => done).toBe(4);
  const stopped = work.stop();
  expect(isOver).toBe(false);
  finish();
  await stopped;
  expect([isOver, done]).toEqual([true, 4]);
});
