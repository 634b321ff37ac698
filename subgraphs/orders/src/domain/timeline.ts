import type { OrderFailure } from './order.js';
import type { TimelineEvent } from './order-event.js';
import type { OrderStatus, Standing } from './order-status.js';

/** What an entry of the timeline tells. */
export type TimelineType =
  | 'RECEIVED'
  | 'STOCK_RESERVED'
  | 'STOCK_REFUSED'
  | 'PAYMENT_CHALLENGED'
  | 'PAYMENT_AUTHORIZED'
  | 'PAYMENT_DECLINED'
  | 'PLACED'
  | 'PAID'
  | 'SHIPMENT_SCHEDULED'
  | 'SHIPPED'
  | 'IN_TRANSIT'
  | 'COMPLETE'
  | 'CANCEL_REQUESTED'
  | 'CANCEL_REFUSED'
  | 'CANCELLED'
  | 'FAILED'
  | 'PAYMENT_VOIDED'
  | 'REFUNDED'
  | 'RETURN_REQUESTED'
  | 'RETURN_SCHEDULED'
  | 'RETURNED';

/** One entry: together they are the order's history, version by version. */
export interface TimelineEntry {
  /** The order's version that this entry made. */
  readonly version: number;
  readonly type: TimelineType;
  /** The order's state from this entry on. */
  readonly status: OrderStatus;
  readonly at: Date;
  /** A sentence for the customer. */
  readonly message: string;
}

/** The entry that an event makes. */
export const timelineEntry = (
  event: TimelineEvent,
  after: { readonly version: number; readonly status: OrderStatus },
  at: Date,
): TimelineEntry => ({ version: after.version, status: after.status, at, ...describe(event) });

function describe(event: TimelineEvent): { type: TimelineType; message: string } {
  switch (event.type) {
    case 'OrderReceived':
      return { type: 'RECEIVED', message: 'We received your order.' };
    case 'StockReserved':
      return { type: 'STOCK_RESERVED', message: 'Everything is in stock and set aside for you.' };
    case 'StockRefused':
      return { type: 'STOCK_REFUSED', message: 'An item ran out before it could be set aside.' };
    case 'PaymentChallenged':
      return { type: 'PAYMENT_CHALLENGED', message: 'Your bank wants you to confirm the payment.' };
    case 'PaymentAuthorized':
      return { type: 'PAYMENT_AUTHORIZED', message: 'Your payment is authorised.' };
    case 'PaymentDeclined':
      return { type: 'PAYMENT_DECLINED', message: `The payment was refused: ${event.reason}` };
    case 'OrderPlaced':
      return { type: 'PLACED', message: 'Your order is confirmed.' };
    case 'OrderFailed':
      return { type: 'FAILED', message: FAILURES[event.failure.code] };
    case 'OrderAdvanced':
      return { type: event.to, message: event.message ?? ADVANCES[event.to] };
    case 'ShipmentScheduled':
      return { type: 'SHIPMENT_SCHEDULED', message: 'Your parcel is being packed.' };
    case 'ParcelMoved':
      return { type: 'IN_TRANSIT', message: event.message };
    case 'CancelRequested':
      return { type: 'CANCEL_REQUESTED', message: 'We are trying to stop your parcel.' };
    case 'CancelRefused':
      return {
        type: 'CANCEL_REFUSED',
        message: 'Your parcel had left already. You can return it when it arrives.',
      };
    case 'OrderCancelled':
      return { type: 'CANCELLED', message: event.reason ?? 'The order was cancelled.' };
    case 'PaymentVoided':
      return {
        type: 'PAYMENT_VOIDED',
        message: 'The amount is free on your account again. Nothing was charged.',
      };
    case 'PaymentRefunded':
      return { type: 'REFUNDED', message: 'Your money is on its way back to you.' };
    case 'ReturnRequested':
      return { type: 'RETURN_REQUESTED', message: event.reason ?? 'You asked to return your order.' };
    case 'ReturnScheduled':
      return { type: 'RETURN_SCHEDULED', message: 'A carrier is ready to take your parcel back.' };
    case 'ParcelReturned':
      return { type: 'RETURNED', message: 'Your parcel is back with us.' };
  }
}

const ADVANCES = {
  PAID: 'Your payment was taken.',
  SHIPPED: 'Your parcel is on its way.',
  COMPLETE: 'Your order was delivered.',
} as const;

const FAILURES: Readonly<Record<OrderFailure['code'], string>> = {
  OUT_OF_STOCK: 'The order could not be placed because an item is out of stock. Nothing was charged.',
  PAYMENT_DECLINED: 'The order could not be placed because the payment was refused. Nothing was charged.',
  TIMED_OUT: 'The order could not be placed in time. Nothing was charged.',
};

type History = readonly Pick<TimelineEntry, 'type'>[];
const has = (history: History, type: TimelineType): boolean => history.some((entry) => entry.type === type);

/** Where an order stands at a version, told from its timeline up to it: the same as the saga's steps say. */
export const standingAt = (order: {
  readonly status: OrderStatus;
  readonly timeline: History;
}): Standing => ({
  status: order.status,
  scheduled: has(order.timeline, 'SHIPMENT_SCHEDULED'),
  cancellation: has(order.timeline, 'CANCEL_REFUSED')
    ? 'REFUSED'
    : has(order.timeline, 'CANCEL_REQUESTED')
      ? 'ASKED'
      : 'NONE',
});
