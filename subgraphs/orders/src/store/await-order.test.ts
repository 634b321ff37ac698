import { expect, test } from 'vitest';
import { awaitOrder } from './await-order.js';
import type { OrderChanges } from './order-changes.js';

const changes: OrderChanges = {
  start: async () => {},
  stop: async () => {},
  watch: () => () => {},
  watchAll: () => () => {},
};

test('a wait that fails before anybody waits for it ends nothing, and whoever waits later is told', async () => {
  const readOrder = () => Promise.reject(new Error('the database is away'));
  const wait = awaitOrder({ changes, readOrder }, 'o1', { timeoutMs: 60_000, isSettled: () => true });
  wait.look();
  // Nobody waits when this turn ends: a rejection that is unhandled now ends a process, and fails this run.
  await new Promise((resolve) => setImmediate(resolve));
  await expect(wait.outcome).rejects.toThrow('the database is away');
});
