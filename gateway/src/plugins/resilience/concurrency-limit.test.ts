import { expect, it } from 'vitest';
import { createConcurrencyLimit } from './concurrency-limit.js';

it('runs as many as it may, queues as many as it may, refuses the rest', async () => {
  const limit = createConcurrencyLimit({ limit: 2, queue: 1 });
  expect([limit.enter(undefined), limit.enter(undefined)]).toEqual([true, true]);
  const third = limit.enter(undefined);
  expect(limit.enter(undefined)).toBe(false);
  expect([limit.running, limit.waiting]).toEqual([2, 1]);
  limit.leave();
  expect(await third).toBe(true);
  expect([limit.running, limit.waiting]).toEqual([2, 0]);
  limit.leave();
  limit.leave();
  expect(limit.running).toBe(0);
});

it('whoever gives up while waiting leaves the queue; the others keep their order', async () => {
  const limit = createConcurrencyLimit({ limit: 1, queue: 5 });
  void limit.enter(undefined);
  const gone = new AbortController();
  const order: string[] = [];
  const first = Promise.resolve(limit.enter(gone.signal)).then((entered) => order.push(`first ${entered}`));
  const second = Promise.resolve(limit.enter(undefined)).then((entered) => order.push(`second ${entered}`));
  gone.abort();
  await first;
  limit.leave();
  await second;
  expect(order).toEqual(['first false', 'second true']);
  expect(limit.enter(gone.signal)).toBe(false);
});
