import { expect, test } from 'vitest';
import { findAhead, takeCut } from './cut.js';
import type { Marks } from './manifest.js';
import type { HeldSnapshots, SnapshotSource } from './snapshot.js';

const marks = (head: number, read: Readonly<Record<string, number>> = {}): Marks => ({
  head,
  cursors: Object.entries(read).map(([owner, position]) => ({ consumer: 'c', owner, position })),
});

test('a consumer is ahead when it has read what its owner does not have', () => {
  const databases = [
    { service: 'orders', marks: marks(10, { inventory: 5, payments: 3 }) },
    { service: 'inventory', marks: marks(4, { orders: 10 }) },
    { service: 'payments', marks: marks(3, { orders: 7, elsewhere: 99 }) },
  ];
  expect(findAhead(databases)).toEqual([{ consumer: 'c', owner: 'inventory', position: 5, head: 4 }]);
});

/** Gives one snapshot after the other, and counts those that are not released. */
function sourceOf(service: string, seen: readonly (Marks | Error)[]) {
  let taken = 0;
  let held = 0;
  const source: SnapshotSource = {
    async take(): Promise<HeldSnapshots> {
      const next = seen[taken++] ?? marks(0);
      if (next instanceof Error) throw next;
      held += 1;
      return {
        databases: [{ service, marks: next, write: () => Promise.reject(new Error('not asked for')) }],
        release: async () => void (held -= 1),
      };
    },
    close: async () => {},
  };
  return { source, count: () => ({ taken, held }) };
}

test('snapshots are taken again, all of them, until no effect lacks its cause', async () => {
  const orders = sourceOf('orders', [marks(10), marks(11), marks(12)]);
  const inventory = sourceOf('inventory', [
    marks(0, { orders: 11 }),
    marks(0, { orders: 12 }),
    marks(0, { orders: 12 }),
  ]);
  const held = await takeCut([orders.source, inventory.source]);
  expect(held.flatMap(({ databases }) => databases.map((database) => database.marks.head))).toEqual([12, 0]);
  expect([orders.count(), inventory.count()]).toEqual([
    { taken: 3, held: 1 },
    { taken: 3, held: 1 },
  ]);
});

test('events that nobody has read yet are no reason to try again', async () => {
  const orders = sourceOf('orders', [marks(100)]);
  const inventory = sourceOf('inventory', [marks(50, { orders: 1 })]);
  await takeCut([orders.source, inventory.source]);
  expect(orders.count()).toEqual({ taken: 1, held: 1 });
});

test('what was taken is released when it never fits, or a server fails', async () => {
  const orders = sourceOf('orders', []);
  const ahead = sourceOf(
    'inventory',
    Array.from({ length: 100 }, () => marks(0, { orders: 1 })),
  );
  await expect(takeCut([orders.source, ahead.source])).rejects.toThrow('change too fast');
  expect([orders.count().held, ahead.count().held]).toEqual([0, 0]);

  const fine = sourceOf('orders', [marks(1)]);
  const broken = sourceOf('inventory', [new Error('the server is away')]);
  await expect(takeCut([fine.source, broken.source])).rejects.toThrow('the server is away');
  expect(fine.count().held).toBe(0);
});
