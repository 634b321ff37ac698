import { randomUUID } from 'node:crypto';
import type { EventTransport, RecordedEvent } from '@souk/kit/events';
import type { Peers } from '@souk/kit/peers';
import { createMemoryLog } from '@souk/testkit/events';
import type { ExecutionResult } from 'graphql';
import type { Money } from '../domain/order.js';

interface Lines {
  readonly orderId: string;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/**
 * Inventory, payments and products as orders sees them: they read its commands from its log and answer in logs of
 * their own. Their state outlives a restart of orders.
 */
export function createFakeShop() {
  const logs = { inventory: createMemoryLog(), payments: createMemoryLog() };
  const cursors = new Map<string, number>();
  const heard: RecordedEvent[] = [];
  const held: (() => void)[] = [];
  const stock = new Map<string, number>();
  const prices = new Map<string, Money>();
  const reservations = new Map<string, Lines['lines']>();
  let version = 0;
  const shop = {
    /** Units available by variant; a variant that is not here has plenty. */
    stock,
    /** Prices by variant; a variant that is not here is not sold. */
    prices,
    heard,
    /** Who keeps silent until `release` is called. */
    silent: new Set<'inventory' | 'payments'>(),
    /** Sends every answer this often. */
    repeats: 1,
    productsAreAway: false,
    quotesAsked: 0,
    release() {
      shop.silent.clear();
      for (const answer of held.splice(0)) answer();
    },
    commandsFor: (orderId: string) =>
      heard.filter(({ aggregateId }) => aggregateId === orderId).map(({ type }) => type),
    tell,
    connect,
    peers: { execute: async (_subgraph, { variables }) => answerQuote(variables) } satisfies Peers,
  };

  function tell(owner: 'inventory' | 'payments', type: string, payload: { orderId: string }): void {
    const send = (): void => {
      version += 1;
      const event = {
        id: randomUUID(),
        type,
        source: owner,
        aggregateId: payload.orderId,
        version,
        occurredAt: new Date().toISOString(),
        correlationId: payload.orderId,
        payload,
      };
      logs[owner].append(...Array.from({ length: shop.repeats }, () => event));
    };
    if (shop.silent.has(owner)) held.push(send);
    else send();
  }

  function reserve({ orderId, lines }: Lines): void {
    const short = lines.find(({ variantId, quantity }) => (stock.get(variantId) ?? 1_000_000) < quantity);
    if (short) {
      const { variantId, quantity: requested } = short;
      return tell('inventory', 'stock.refused', {
        orderId,
        ...{ variantId, requested, available: stock.get(variantId) ?? 0 },
      });
    }
    for (const { variantId, quantity } of lines) {
      const available = stock.get(variantId);
      if (available !== undefined) stock.set(variantId, available - quantity);
    }
    reservations.set(orderId, lines);
    tell('inventory', 'stock.reserved', { orderId });
  }
  function letGo(orderId: string): void {
    for (const { variantId, quantity } of reservations.get(orderId) ?? []) {
      const available = stock.get(variantId);
      if (available !== undefined) stock.set(variantId, available + quantity);
    }
    reservations.delete(orderId);
  }

  const react: Readonly<Record<string, (payload: never) => void>> = {
    'stock.reserve-requested': reserve,
    'stock.release-requested': ({ orderId }: { orderId: string }) => letGo(orderId),
    'payment.authorize-requested': ({ orderId, paymentToken }: { orderId: string; paymentToken: string }) =>
      paymentToken === 'tok_approve'
        ? tell('payments', 'payment.authorized', { orderId, ...{ paymentId: `pay-${orderId}` } })
        : tell('payments', 'payment.declined', { orderId, ...{ reason: 'The card was declined.' } }),
  };

  function connect(events: EventTransport): { stop(): Promise<void> } {
    events.attach('inventory', logs.inventory);
    events.attach('payments', logs.payments);
    return events.subscribe({
      consumer: 'fake-shop',
      owner: 'orders',
      types: EVERY_TYPE,
      cursor: { load: async (owner) => cursors.get(owner) ?? 0 },
      async deliver(batch, upTo) {
        cursors.set('orders', upTo);
        for (const event of batch) {
          heard.push(event);
          // `react` is keyed by the types whose payloads its functions take.
          react[event.type]?.(event.payload as never);
        }
      },
    });
  }

  function answerQuote(variables: Readonly<Record<string, unknown>> = {}): ExecutionResult {
    if (shop.productsAreAway) throw new Error('connect ECONNREFUSED');
    shop.quotesAsked += 1;
    const asked = variables['variants'] as readonly { readonly id: string }[];
    return {
      data: {
        _entities: asked.map(({ id }) => {
          const price = prices.get(id);
          return price ? { id, price, product: { published: true } } : null;
        }),
      },
    };
  }
  return shop;
}

const EVERY_TYPE = [
  'stock.reserve-requested',
  'stock.release-requested',
  'stock.commit-requested',
  'payment.authorize-requested',
  'payment.capture-requested',
  'payment.void-requested',
  'order.placed',
  'order.paid',
  'order.shipped',
  'order.completed',
  'order.cancelled',
  'order.failed',
];

export type FakeShop = ReturnType<typeof createFakeShop>;
