import { expect, it } from 'vitest';
import { once } from './once.js';

it('works at the first call, not before, and never again', () => {
  let times = 0;
  const count = once(() => {
    times += 1;
    return undefined;
  });
  expect(times).toBe(0);
  expect([count(), count(), times]).toEqual([undefined, undefined, 1]);
});

it('lets all who call meanwhile wait for the same end', async () => {
  const ends: (() => void)[] = [];
  const stop = once(() => new Promise<void>((resolve) => ends.push(resolve)));
  const waiting = [stop(), stop()];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await Promise.all(waiting);
});

it('tries again what threw', () => {
  let times = 0;
  const work = once(() => {
    times += 1;
    if (times === 1) throw new Error('not yet');
    return times;
  });
  expect(work).toThrow('not yet');
  expect([work(), work()]).toEqual([2, 2]);
});
