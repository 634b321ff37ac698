import type { OrderFacts, OrderState } from './order.js';
import type { OrderOwnership } from './order-access.js';
import type { TimelineEntry } from './timeline.js';

/** An order as it is shown: facts, state and history, all of one instant. */
export interface OrderRecord
  extends
    Omit<OrderFacts, 'orderId' | 'paymentToken' | 'decideBy' | 'shippingOptionId'>,
    Omit<OrderState, 'steps' | 'refundedMinor'>,
    OrderOwnership {
  readonly id: string;
  /** Oldest first; the last entry's version is the order's. */
  readonly timeline: readonly TimelineEntry[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The order as it was at one of its versions. */
const asOf = <Order extends OrderRecord>(order: Order, entry: TimelineEntry): Order => ({
  ...order,
  version: entry.version,
  status: entry.status,
  updatedAt: entry.at,
  timeline: order.timeline.filter(({ version }) => version <= entry.version),
});

/**
 * The order as it was at each version after the given one, oldest first: what somebody who saw `version` has missed.
 *
 * @example for (const step of versionsAfter(order, seen)) push(step);
 */
export function versionsAfter<Order extends OrderRecord>(order: Order, version: number): readonly Order[] {
  return order.timeline.filter((entry) => entry.version > version).map((entry) => asOf(order, entry));
}

/**
 * The order as it was when it was placed, as it is if it never was. Its saga goes on at once, and whoever just pressed
 * "buy" should see the answer to that before what follows.
 */
export function asPlaced<Order extends OrderRecord>(order: Order): Order {
  const placed = order.timeline.find(({ type }) => type === 'PLACED');
  return placed ? asOf(order, placed) : order;
}
