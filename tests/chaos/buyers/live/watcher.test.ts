import { expect, test } from 'vitest';
import { createDiary } from '../../facts/told.js';
import type { OrderUpdated } from '../documents.js';
import type { Subscriber } from './subscriber.js';
import { createWatcher } from './watcher.js';

type Push = OrderUpdated['orderUpdated'];
const push = (status: string, version: number): Push => ({ id: 'o1', status, version });

/** A subscriber whose connections push these, one connection after the other; each then breaks, the last one stays. */
function connections(...all: readonly (readonly Push[])[]) {
  const asked: unknown[] = [];
  let closed = false;
  const subscriber: Subscriber = {
    way: 'SSE',
    async *subscribe<Data extends object>(_query: string, variables: Readonly<Record<string, unknown>>) {
      const number = asked.push(variables) - 1;
      // What a test pushes is what the query asks for.
      for (const orderUpdated of all[number] ?? []) yield { orderUpdated } as Data;
      if (number < all.length - 1) throw new Error('connection lost');
      await new Promise(() => {});
    },
    close: async () => void (closed = true),
  };
  const diary = createDiary(() => 0);
  const watcher = createWatcher({ subscriber, who: 'buyer 1', diary, againMs: 1 });
  return { watcher, diary, asked, isClosed: () => closed };
}

test('writes down every push, over all connections', async () => {
  const { watcher, diary, asked } = connections([push('PENDING', 1), null], [], [push('PLACED', 3)]);
  watcher.watch('o1', 'secret');
  watcher.watch('o1', 'secret');
  await expect.poll(() => diary.entries().length, { timeout: 20_000 }).toBe(3);
  const common = { at: 0, who: 'buyer 1', orderId: 'o1', way: 'SSE' };
  expect(diary.entries()).toEqual([
    { ...common, kind: 'watching' },
    { ...common, kind: 'pushed', status: 'PENDING', version: 1 },
    { ...common, kind: 'pushed', status: 'PLACED', version: 3 },
  ]);
  expect(asked).toEqual(Array(3).fill({ id: 'o1', token: 'secret' }));
});

test('writes down what is on the shelves, over all connections', async () => {
  const stock = { onHand: 5, available: 3, reserved: 2 };
  const asked: unknown[] = [];
  const subscriber: Subscriber = {
    way: 'WebSocket',
    async *subscribe<Data extends object>(_query: string, variables: Readonly<Record<string, unknown>>) {
      // What a test pushes is what the query asks for.
      yield { stockChanged: { id: 'lamp', stock } } as Data;
      if (asked.push(variables) === 1) throw new Error('connection lost');
      await new Promise(() => {});
    },
    close: async () => {},
  };
  const diary = createDiary(() => 0);
  createWatcher({ subscriber, who: 'buyer 1', diary, againMs: 1 }).watchStock(['lamp']);
  await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(2);
  const common = { at: 0, who: 'buyer 1', way: 'WebSocket' };
  const pushed = { ...common, kind: 'stock-pushed', variantId: 'lamp', stock };
  expect(diary.entries()).toEqual([
    { ...common, kind: 'watching-stock', variantIds: ['lamp'] },
    pushed,
    pushed,
  ]);
  expect(asked).toEqual(Array(2).fill({ variantIds: ['lamp'] }));
});

test('after closing nothing is opened again', async () => {
  const { watcher, asked, isClosed } = connections(...Array<Push[]>(1_000).fill([]));
  watcher.watch('o1', null);
  await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(1);
  await watcher.close();
  expect(isClosed()).toBe(true);
  const before = asked.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked.length).toBeLessThanOrEqual(before + 1);
});
