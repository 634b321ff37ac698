import { pushStream } from '@souk/kit/graphql';
import type { OrderRecord } from '../domain/order-record.js';
import { versionsAfter } from '../domain/order-record.js';
import type { OrderChanges } from './order-changes.js';

/** What live streams need. */
export interface LiveDeps {
  readonly changes: OrderChanges;
  readonly readOrder: (id: string) => Promise<OrderRecord | null>;
}

/**
 * An order as it is, and then each version it reaches, without a gap: it is watched before it is read, and every
 * version that one read finds is told apart.
 */
export function watchOrder({ changes, readOrder }: LiveDeps, id: string): AsyncIterableIterator<OrderRecord> {
  let seen = 0;
  let dirty = true;
  return pushStream({
    subscribe: (wake) =>
      changes.watch(id, ({ version }) => {
        if (version <= seen) return;
        dirty = true;
        wake();
      }),
    async pull() {
      if (!dirty) return [];
      dirty = false;
      const order = await readOrder(id);
      if (!order || order.version <= seen) return [];
      const steps = seen === 0 ? [order] : versionsAfter(order, seen);
      seen = order.version;
      return steps;
    },
  });
}

/** Every order that changes, as it is when it is told. Changes of one order that come together may be told as one. */
export function watchAllOrders({ changes, readOrder }: LiveDeps): AsyncIterableIterator<OrderRecord> {
  const changed = new Set<string>();
  return pushStream({
    subscribe: (wake) =>
      changes.watchAll(({ orderId }) => {
        changed.add(orderId);
        wake();
      }),
    async pull() {
      const ids = [...changed];
      changed.clear();
      const orders = await Promise.all(ids.map(readOrder));
      return orders.filter((order) => order !== null);
    },
  });
}
