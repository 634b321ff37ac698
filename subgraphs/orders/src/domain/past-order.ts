import { evolve } from './evolve.js';
import { NO_ORDER, type OrderState } from './order.js';
import type { OrderEvent } from './order-event.js';
import { type TimelineEntry, type TimelineType, timelineEntry } from './timeline.js';

/** The events behind the steps that a past order may have gone through; a failed order is none. */
const EVENT_OF: Partial<Record<TimelineType, OrderEvent>> = {
  RECEIVED: { type: 'OrderReceived' },
  STOCK_RESERVED: { type: 'StockReserved' },
  PAYMENT_AUTHORIZED: { type: 'PaymentAuthorized' },
  PLACED: { type: 'OrderPlaced' },
  PAID: { type: 'OrderAdvanced', to: 'PAID', message: null },
  SHIPPED: { type: 'OrderAdvanced', to: 'SHIPPED', message: null },
  COMPLETE: { type: 'OrderAdvanced', to: 'COMPLETE', message: null },
  CANCELLED: { type: 'OrderCancelled', reason: null },
};

/**
 * An order as it is after the given steps, with the timeline that they make.
 *
 * @throws Error for a step that needs more than its name
 * @example pastOrder([{ type: 'RECEIVED', at }]).order.version // 1
 */
export function pastOrder(steps: readonly { readonly type: TimelineType; readonly at: Date }[]): {
  readonly order: OrderState;
  readonly timeline: readonly TimelineEntry[];
} {
  let order = NO_ORDER;
  const timeline = steps.flatMap(({ type, at }) => {
    const event = EVENT_OF[type];
    if (!event) throw new Error(`A past order cannot be told with the step ${type}.`);
    order = evolve(order, event);
    return timelineEntry(event, order, at) ?? [];
  });
  return { order, timeline };
}
