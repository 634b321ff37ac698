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

/**
 * An iterator that pulls when it is woken. Written by hand because a generator that waits queues `return()` behind
 * the wait: here it ends the wait at once, and the subscription with it.
 */
function pushStream<Item>(source: {
  readonly subscribe: (wake: () => void) => () => void;
  readonly pull: () => Promise<readonly Item[]>;
}): AsyncIterableIterator<Item> {
  const buffer: Item[] = [];
  let wake = (): void => {};
  let woken = false;
  let ended = false;
  const unsubscribe = source.subscribe(() => {
    woken = true;
    wake();
  });
  const end = (): void => {
    ended = true;
    unsubscribe();
    wake();
  };
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      if (woken || ended) return resolve();
      wake = resolve;
    });
  const next = async (): Promise<IteratorResult<Item, undefined>> => {
    while (!ended) {
      const item = buffer.shift();
      if (item !== undefined) return { done: false, value: item };
      woken = false;
      buffer.push(...(await source.pull()));
      if (buffer.length === 0) await wait();
    }
    return { done: true, value: undefined };
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    // One at a time: two pulls at once could tell versions out of order.
    next: () => {
      const result = last.then(next);
      last = result.catch(end);
      return result;
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
