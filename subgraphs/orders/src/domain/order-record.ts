import type { ShippingAddress } from './checkout-input.js';
import type { OrderFacts, OrderState } from './order.js';
import type { OrderOwnership } from './order-access.js';
import type { TimelineEntry } from './timeline.js';

/** An order as it is stored: facts, state and history, all of one instant. */
export interface OrderRecord
  extends Omit<OrderFacts, 'orderId' | 'paymentToken'>, OrderState, OrderOwnership {
  readonly id: string;
  readonly shippingAddress: ShippingAddress;
  /** Oldest first; the last entry's version is the order's. */
  readonly timeline: readonly TimelineEntry[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * The order as it was at each version after the given one, oldest first: what somebody who saw `version` has missed.
 *
 * @example for (const step of versionsAfter(order, seen)) push(step);
 */
export function versionsAfter<Order extends OrderRecord>(order: Order, version: number): readonly Order[] {
  return order.timeline
    .filter((entry) => entry.version > version)
    .map((entry) => ({
      ...order,
      version: entry.version,
      status: entry.status,
      updatedAt: entry.at,
      timeline: order.timeline.filter((earlier) => earlier.version <= entry.version),
    }));
}
