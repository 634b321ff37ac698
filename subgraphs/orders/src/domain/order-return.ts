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

/** True while `returnOrder` would begin a return. */
export const isReturnable = (order: Told): boolean => order.status === 'COMPLETE' && !returnOf(order);
