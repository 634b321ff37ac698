import { randomUUID } from 'node:crypto';
import type { EventLog, RecordedEvent } from '@souk/kit/events';

/** The orders subgraph as inventory sees it: a log of commands. */
export interface OrdersLog extends EventLog {
  send(type: string, orderId: string, payload?: object): RecordedEvent;
  reserve(
    orderId: string,
    ...lines: readonly (readonly [variantId: string, quantity: number])[]
  ): RecordedEvent;
  release(orderId: string): RecordedEvent;
  commit(orderId: string): RecordedEvent;
}

/** @example const orders = createOrdersLog(); transport.attach('orders', orders); orders.reserve('o1', ['v1', 2]); */
export function createOrdersLog(): OrdersLog {
  const events: RecordedEvent[] = [];
  const waiting = new Set<() => void>();
  const send: OrdersLog['send'] = (type, orderId, payload = {}) => {
    const event = {
      id: randomUUID(),
      type,
      source: 'orders',
      aggregateId: orderId,
      version: events.length + 1,
      occurredAt: new Date().toISOString(),
      correlationId: `request-of-${orderId}`,
      payload: { orderId, ...payload },
      position: events.length + 1,
    };
    events.push(event);
    for (const wake of waiting) wake();
    return event;
  };
  return {
    send,
    reserve: (orderId, ...lines) =>
      send('stock.reserve-requested', orderId, {
        lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
      }),
    release: (orderId) => send('stock.release-requested', orderId, { reason: 'CANCELLED' }),
    commit: (orderId) => send('stock.commit-requested', orderId),
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
