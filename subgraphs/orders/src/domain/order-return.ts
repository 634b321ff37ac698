import type { OrderRecord } from './order-record.js';
import type { TimelineType } from './timeline.js';

/** How far the return of an order is. */
export type ReturnStatus = 'REQUESTED' | 'SCHEDULED' | 'RETURNED' | 'REFUNDED';

/** The return of a delivered order. The order itself stays COMPLETE: what happened to it happened. */
export interface OrderReturn {
  readonly status: ReturnStatus;
  readonly message: string;
  readonly requestedAt: Date;
  readonly updatedAt: Date;
}

/** The timeline's entries of a return. A refund before it is none of its own. */
const STATUS_OF: Partial<Record<TimelineType, ReturnStatus>> = {
  RETURN_REQUESTED: 'REQUESTED',
  RETURN_SCHEDULED: 'SCHEDULED',
  RETURNED: 'RETURNED',
  REFUNDED: 'REFUNDED',
};

type Told = Pick<OrderRecord, 'status' | 'timeline'>;

/** The return as it was at the order's version; null if nobody asked for one. */
export function returnOf({ timeline }: Told): OrderReturn | null {
  const start = timeline.findIndex(({ type }) => type === 'RETURN_REQUESTED');
  const request = timeline[start];
  if (!request) return null;
  const back = timeline.slice(start).some(({ type }) => type === 'RETURNED');
  const told = timeline.slice(start).filter(({ type }) => STATUS_OF[type] && (type !== 'REFUNDED' || back));
  const last = told.at(-1) ?? request;
  return {
    status: STATUS_OF[last.type] ?? 'REQUESTED',
    message: request.message,
    requestedAt: request.at,
    updatedAt: last.at,
  };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What a shop says of returns, and when it is asked. */
export interface ReturnTerms {
  /** Days after its delivery in which an order may be returned. */
  readonly returnDays: number;
  readonly now: Date;
}

/** The last instant at which the order may be returned; null before it is delivered. */
export function returnableUntil(
  { timeline }: Pick<Told, 'timeline'>,
  { returnDays }: Pick<ReturnTerms, 'returnDays'>,
): Date | null {
  const delivery = timeline.find(({ type }) => type === 'COMPLETE');
  return delivery ? new Date(delivery.at.getTime() + returnDays * DAY_MS) : null;
}

/** True while `returnOrder` would begin a return. */
export const isReturnable = (order: Told, terms: ReturnTerms): boolean =>
  order.status === 'COMPLETE' && !returnOf(order) && missedDeadline(order, terms) === null;

/** Until when a return should have been asked for, if nobody has and it is too late now; else null. */
export function missedDeadline(order: Told, terms: ReturnTerms): Date | null {
  const until = returnableUntil(order, terms);
  return until && terms.now > until && !returnOf(order) ? until : null;
}
