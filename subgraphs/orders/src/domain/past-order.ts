import { evolve } from './evolve.js';
import { NO_ORDER, type OrderState } from './order.js';
import { type OrderEvent, type TimelineEvent, isSagaEvent } from './order-event.js';
import { type SagaEntry, type SagaEvent, sagaEntry } from './saga-event.js';
import { deadlineOf, retryAfter } from './saga-policy.js';
import type { StepName } from './saga-step.js';
import { type TimelineEntry, type TimelineType, timelineEntry } from './timeline.js';

/** The steps that a past order may have gone through: the saga's steps that were done, and what its customer saw. */
const STEPS_OF: Partial<
  Record<TimelineType, { readonly done: readonly StepName[]; readonly seen: readonly TimelineEvent[] }>
> = {
  RECEIVED: { done: [], seen: [{ type: 'OrderReceived' }] },
  STOCK_RESERVED: { done: ['RESERVE_STOCK'], seen: [{ type: 'StockReserved' }] },
  PAYMENT_AUTHORIZED: { done: ['AUTHORIZE_PAYMENT'], seen: [{ type: 'PaymentAuthorized' }] },
  PLACED: { done: [], seen: [{ type: 'OrderPlaced' }] },
  PAID: {
    done: ['CAPTURE_PAYMENT', 'SCHEDULE_SHIPMENT'],
    seen: [{ type: 'OrderAdvanced', to: 'PAID', message: null }, { type: 'ShipmentScheduled' }],
  },
  SHIPPED: {
    done: ['COMMIT_STOCK', 'SHIP'],
    seen: [{ type: 'OrderAdvanced', to: 'SHIPPED', message: null }],
  },
  COMPLETE: { done: ['DELIVER'], seen: [{ type: 'OrderAdvanced', to: 'COMPLETE', message: null }] },
  CANCELLED: {
    done: ['VOID_PAYMENT', 'RELEASE_STOCK'],
    seen: [{ type: 'OrderCancelled', reason: null }],
  },
};

/**
 * What an order waits for that got this far. The units of those that have not left are only set aside yet: the driver
 * asks inventory to commit them, and so they go on by themselves.
 */
const WAITS_FOR: Partial<Record<OrderState['status'], readonly StepName[]>> = {
  PLACED: ['COMMIT_STOCK'],
  PAID: ['COMMIT_STOCK', 'SHIP'],
  SHIPPED: ['DELIVER'],
};

/**
 * An order as it is after the given steps, with the timeline and the saga that they make.
 *
 * @param now when what it waits for is asked for
 * @throws Error for a step that needs more than its name
 * @example pastOrder([{ type: 'RECEIVED', at }], clock()).order.version // 1
 */
export function pastOrder(
  steps: readonly { readonly type: TimelineType; readonly at: Date }[],
  now: Date,
): {
  readonly order: OrderState;
  readonly timeline: readonly TimelineEntry[];
  readonly saga: readonly SagaEntry[];
} {
  let order = NO_ORDER;
  const timeline: TimelineEntry[] = [];
  const saga: SagaEntry[] = [];
  const happen = (event: OrderEvent, at: Date): void => {
    order = evolve(order, event);
    if (isSagaEvent(event)) saga.push(sagaEntry(event));
    else timeline.push(timelineEntry(event, order, at));
  };
  for (const { type, at } of steps) {
    const step = STEPS_OF[type];
    if (!step) throw new Error(`A past order cannot be told with the step ${type}.`);
    for (const name of step.done) happen({ type: 'StepDone', step: name, at }, at);
    for (const event of step.seen) happen(event, at);
  }
  for (const name of WAITS_FOR[order.status] ?? []) happen(askedNow(name, now), now);
  return { order, timeline, saga };
}

/** Due at once. */
const askedNow = (step: StepName, at: Date): SagaEvent => ({
  type: 'StepAsked',
  step,
  at,
  deadline: deadlineOf(step, at, at),
  retryAt: retryAfter(step, 1, at) && at,
  note: null,
});
