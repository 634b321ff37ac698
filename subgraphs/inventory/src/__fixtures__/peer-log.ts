import { randomUUID } from 'node:crypto';
import type { EventLog, RecordedEvent } from '@souk/kit/events';

/** Another subgraph as inventory sees it: a log of events. */
export interface PeerLog extends EventLog {
  send(type: string, aggregateId: string, payload?: object): RecordedEvent;
}

/** @example const products = createPeerLog('products'); transport.attach('products', products); */
export function createPeerLog(source: string): PeerLog {
  const events: RecordedEvent[] = [];
  const waiting = new Set<() => void>();
  return {
    send(type, aggregateId, payload = {}) {
      const position = events.length + 1;
      const event = {
        id: randomUUID(),
        type,
        source,
        aggregateId,
        version: position,
        occurredAt: new Date().toISOString(),
        correlationId: `request-of-${aggregateId}`,
        payload,
        position,
      };
      events.push(event);
      for (const wake of waiting) wake();
      return event;
    },
    read: async (after, limit) => events.slice(after, after + limit),
    head: async () => events.length,
    waitBeyond: (after, timeoutMs, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        signal.addEventListener('abort', wake, { once: true });
        waiting.add(wake);
        if (events.length > after) wake();
      }),
  };
}

/** The orders subgraph, with words for its commands. */
export interface OrdersLog extends PeerLog {
  reserve(
    orderId: string,
    ...lines: readonly (readonly [variantId: string, quantity: number])[]
  ): RecordedEvent;
  release(orderId: string): RecordedEvent;
  commit(orderId: string): RecordedEvent;
}

/** @example const orders = createOrdersLog(); transport.attach('orders', orders); orders.reserve('o1', ['v1', 2]); */
export function createOrdersLog(): OrdersLog {
  const log = createPeerLog('orders');
  return {
    ...log,
    reserve: (orderId, ...lines) =>
      log.send('stock.reserve-requested', orderId, {
        orderId,
        lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
      }),
    release: (orderId) => log.send('stock.release-requested', orderId, { orderId, reason: 'CANCELLED' }),
    commit: (orderId) => log.send('stock.commit-requested', orderId, { orderId }),
  };
}
