import type { DomainEvent } from '@souk/kit/events';
import type { Currency, HistoryLine } from './order-history.js';

/** A step of an order that was placed some time ago; names as in the orders subgraph. */
export interface PastStep {
  readonly type: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** An order that was placed some time ago. */
export interface PastOrder {
  readonly id: string;
  readonly customerId: string | null;
  readonly totalMinor: number;
  /** The part of the total that sending cost. */
  readonly shippingMinor: number;
  readonly currency: Currency;
  readonly lines: readonly HistoryLine[];
  /** Oldest first. */
  readonly timeline: readonly PastStep[];
}

type Source = 'orders' | 'inventory' | 'payments';
interface Told {
  readonly source: Source;
  readonly type: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/**
 * The events that a past order would have made, oldest first, with the instants at which its steps happened. Their ids
 * are made of the order's, so the same order makes the same ids.
 */
export function pastEvents(order: PastOrder): DomainEvent[] {
  const versions: Record<Source, number> = { orders: 0, inventory: 0, payments: 0 };
  let count = 0;
  return order.timeline.flatMap(({ type: step, at }) =>
    toldAt(step, order).map(({ source, type, payload }): DomainEvent => {
      count += 1;
      versions[source] += 1;
      return {
        id: pastEventId(order.id, count),
        type,
        source,
        aggregateId: order.id,
        version: versions[source],
        occurredAt: at,
        correlationId: order.id,
        payload: { orderId: order.id, ...payload },
      };
    }),
  );
}

/** The id of an order's n-th past event: whoever has the first one has them all. */
export const pastEventId = (orderId: string, n = 1): string => `past_${orderId}_${n}`;

function toldAt(step: string, order: PastOrder): Told[] {
  const { totalMinor: amountMinor, shippingMinor, currency, customerId, lines } = order;
  const money = { amountMinor, currency };
  const payment = { paymentId: `pay_${order.id}`, ...money };
  const fact = (type: string, more: Readonly<Record<string, unknown>> = {}): Told => ({
    source: 'orders',
    type,
    payload: {
      customerId,
      ...money,
      subtotalMinor: amountMinor - shippingMinor,
      shippingMinor,
      lines,
      ...more,
    },
  });
  switch (step) {
    case 'RECEIVED': {
      const wanted = lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
      return [{ source: 'orders', type: 'stock.reserve-requested', payload: { lines: wanted } }];
    }
    case 'STOCK_RESERVED':
      return [
        { source: 'inventory', type: 'stock.reserved' },
        { source: 'orders', type: 'payment.authorize-requested', payload: { customerId, ...money } },
      ];
    case 'PAYMENT_AUTHORIZED':
      return [{ source: 'payments', type: 'payment.authorized', payload: payment }];
    case 'STOCK_REFUSED': {
      const [{ variantId, quantity: requested } = { variantId: '', quantity: 1 }] = lines;
      const shortage = { variantId, requested, available: requested - 1 };
      return [
        { source: 'inventory', type: 'stock.refused', payload: shortage },
        fact('order.failed', { failure: { code: 'OUT_OF_STOCK', ...shortage } }),
      ];
    }
    case 'PAYMENT_DECLINED': {
      const reason = 'The card was declined.';
      return [
        { source: 'payments', type: 'payment.declined', payload: { ...payment, code: 'DECLINED', reason } },
        fact('order.failed', { failure: { code: 'PAYMENT_DECLINED', reason } }),
        { source: 'inventory', type: 'stock.released' },
      ];
    }
    case 'PLACED':
      return [fact('order.placed')];
    case 'PAID':
      return [{ source: 'payments', type: 'payment.captured', payload: payment }, fact('order.paid')];
    case 'SHIPPED':
      return [{ source: 'inventory', type: 'stock.committed' }, fact('order.shipped')];
    case 'COMPLETE':
      return [fact('order.completed')];
    case 'CANCELLED':
      return [
        fact('order.cancelled'),
        { source: 'inventory', type: 'stock.released' },
        { source: 'payments', type: 'payment.voided', payload: payment },
      ];
    default:
      throw new Error(`Nothing is known of what a past order tells at ${step}.`);
  }
}
