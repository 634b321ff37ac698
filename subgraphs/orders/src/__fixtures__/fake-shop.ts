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

type Owner = 'inventory' | 'payments' | 'shipping';

/** What a unit of anything weighs. */
export const WEIGHT_GRAMS = 900;

/**
 * Inventory, payments, shipping and products as orders sees them: they read its commands from its log and answer in
 * logs of their own. Their state outlives a restart of orders. Parcels leave and arrive only when the test says so.
 */
export function createFakeShop() {
  const logs = { inventory: createMemoryLog(), payments: createMemoryLog(), shipping: createMemoryLog() };
  const cursors = new Map<string, number>();
  const heard: RecordedEvent[] = [];
  const unsaid: (() => void)[] = [];
  const undone: (() => void)[] = [];
  const parcels = new Map<string, 'SCHEDULED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED'>();
  const payments = new Map<string, 'AUTHORIZED' | 'CAPTURED' | 'VOIDED' | 'REFUNDED'>();
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
    /** Who keeps silent until `speak` or `release` is called. */
    silent: new Set<Owner>(),
    /** Types of commands that nobody reacts to until `release` is called. */
    unheard: new Set<string>(),
    payments,
    parcels,
    /** Sends every answer this often. */
    repeats: 1,
    productsAreAway: false,
    shippingIsAway: false,
    /** What sending costs, cheapest first, whatever and wherever it is. */
    offers: [
      { id: 'standard', price: { amountMinor: 490, currency: 'EUR' } },
      { id: 'express', price: { amountMinor: 990, currency: 'EUR' } },
    ] as { readonly id: string; readonly price: Money }[],
    /** What shipping was asked to send, and whereto. */
    enquiries: [] as { readonly country: unknown; readonly cart: unknown }[],
    quotesAsked: 0,
    /** Whoever kept silent says what it had to say; what is unheard stays so. */
    speak() {
      shop.silent.clear();
      for (const say of unsaid.splice(0)) say();
    },
    release() {
      shop.speak();
      shop.unheard.clear();
      for (const goOn of undone.splice(0)) goOn();
    },
    commandsFor: (orderId: string) =>
      heard.filter(({ aggregateId }) => aggregateId === orderId).map(({ type }) => type),
    /** Inventory lets an order's units go, as it does when a reservation has lived its time. */
    forget: letGo,
    tell,
    connect,
    peers: {
      execute: async (subgraph, { variables }) =>
        subgraph === 'products' ? answerQuote(variables) : answerEnquiry(variables),
    } satisfies Peers,
  };

  function tell(owner: Owner, type: string, payload: { orderId: string }): void {
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
    if (shop.silent.has(owner)) unsaid.push(send);
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
    'stock.commit-requested': ({ orderId }: { orderId: string }) =>
      reservations.has(orderId)
        ? tell('inventory', 'stock.committed', { orderId })
        : tell('inventory', 'stock.commit-refused', { orderId, ...{ reason: 'EXPIRED' } }),
    'stock.release-requested': ({ orderId }: { orderId: string }) => {
      letGo(orderId);
      tell('inventory', 'stock.released', { orderId });
    },
    'payment.authorize-requested': ({ orderId, paymentToken }: { orderId: string; paymentToken: string }) => {
      const paymentId = `pay-${orderId}`;
      if (paymentToken === 'tok_challenge') {
        return tell('payments', 'payment.challenge-required', {
          orderId,
          ...{ paymentId, challengeUrl: '/' },
        });
      }
      if (paymentToken !== 'tok_approve') {
        return tell('payments', 'payment.declined', { orderId, ...{ reason: 'The card was declined.' } });
      }
      payments.set(orderId, 'AUTHORIZED');
      tell('payments', 'payment.authorized', { orderId, ...{ paymentId } });
    },
    'payment.capture-requested': ({ orderId }: { orderId: string }) => {
      if (payments.get(orderId) !== 'AUTHORIZED') return;
      payments.set(orderId, 'CAPTURED');
      tell('payments', 'payment.captured', { orderId });
    },
    'payment.void-requested': ({ orderId }: { orderId: string }) => {
      const isCaptured = payments.get(orderId) === 'CAPTURED';
      payments.set(orderId, isCaptured ? 'REFUNDED' : 'VOIDED');
      if (!isCaptured) return tell('payments', 'payment.voided', { orderId });
      tell('payments', 'payment.refunded', {
        orderId,
        ...{ amountMinor: 1_000_000, refundedMinor: 1_000_000 },
      });
    },
    'shipment.schedule-requested': ({ orderId }: { orderId: string }) => {
      if (parcels.get(orderId) === 'CANCELLED') return;
      if (!parcels.has(orderId)) parcels.set(orderId, 'SCHEDULED');
      tell('shipping', 'shipment.scheduled', { orderId, ...{ shipmentId: `parcel-${orderId}` } });
    },
    'shipment.cancel-requested': ({ orderId }: { orderId: string }) => {
      const parcel = parcels.get(orderId);
      if (parcel === 'SHIPPED' || parcel === 'DELIVERED') {
        return tell('shipping', 'shipment.cancel-refused', { orderId, ...{ reason: 'It has left.' } });
      }
      parcels.set(orderId, 'CANCELLED');
      tell('shipping', 'shipment.cancelled', { orderId });
    },
    'shipment.advance-requested': ({ orderId, to }: { orderId: string; to: 'SHIPPED' | 'DELIVERED' }) => {
      parcels.set(orderId, to);
      tell('shipping', to === 'SHIPPED' ? 'shipment.shipped' : 'shipment.delivered', { orderId });
    },
    'shipment.return-requested': ({ orderId }: { orderId: string }) =>
      tell('shipping', 'shipment.return-scheduled', { orderId }),
  };

  function connect(events: EventTransport): { stop(): Promise<void> } {
    events.attach('inventory', logs.inventory);
    events.attach('payments', logs.payments);
    events.attach('shipping', logs.shipping);
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
          const reaction = () => react[event.type]?.(event.payload as never);
          if (shop.unheard.has(event.type)) undone.push(reaction);
          else reaction();
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
          return price ? { id, price, weightGrams: WEIGHT_GRAMS, product: { published: true } } : null;
        }),
      },
    };
  }

  function answerEnquiry(variables: Readonly<Record<string, unknown>> = {}): ExecutionResult {
    if (shop.shippingIsAway) throw new Error('connect ECONNREFUSED');
    const [cart] = variables['carts'] as readonly unknown[];
    shop.enquiries.push({ country: variables['country'], cart });
    return { data: { _entities: [{ shippingOptions: shop.offers }] } };
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
  'shipment.schedule-requested',
  'shipment.cancel-requested',
  'shipment.advance-requested',
  'shipment.return-requested',
  'order.placed',
  'order.paid',
  'order.shipped',
  'order.completed',
  'order.cancelled',
  'order.failed',
  'order.returned',
];

export type FakeShop = ReturnType<typeof createFakeShop>;
