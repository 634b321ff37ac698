import type { OrderFailure, OrderState } from './order.js';
import type { TimelineEntry } from './timeline.js';

/** How a placement ended, or that it has not ended yet. */
export type Placement =
  | { readonly outcome: 'UNDECIDED' }
  | { readonly outcome: 'ACCEPTED' }
  | { readonly outcome: 'FAILED'; readonly failure: OrderFailure }
  | { readonly outcome: 'CANCELLED' };

/**
 * How the attempt to place an order ended. What became of an accepted order later does not change the answer, so
 * that the same idempotency key always gets the first final outcome.
 */
export function placementOf(order: Pick<OrderState, 'status' | 'accepted' | 'failure'>): Placement {
  if (order.accepted) return { outcome: 'ACCEPTED' };
  if (order.failure) return { outcome: 'FAILED', failure: order.failure };
  return { outcome: order.status === 'CANCELLED' ? 'CANCELLED' : 'UNDECIDED' };
}

/** True while the outcome of a placement is worth waiting for: it is open, and nobody but us is needed for it. */
export const isUndecided = (
  order: Parameters<typeof placementOf>[0] & { readonly timeline: readonly Pick<TimelineEntry, 'type'>[] },
): boolean =>
  placementOf(order).outcome === 'UNDECIDED' &&
  !order.timeline.some(({ type }) => type === 'PAYMENT_CHALLENGED');
