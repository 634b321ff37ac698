import type { OrderFailure } from './order.js';
import { isSilent, type OrderEvent } from './order-event.js';
import type { OrderStatus } from './order-status.js';

/** What an entry of the timeline tells. */
export type TimelineType =
  | 'RECEIVED'
  | 'STOCK_RESERVED'
  | 'STOCK_REFUSED'
  | 'PAYMENT_AUTHORIZED'
  | 'PAYMENT_DECLINED'
  | 'PLACED'
  | 'PAID'
  | 'SHIPPED'
  | 'COMPLETE'
  | 'CANCELLED'
  | 'FAILED';

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

/** The entry that an event makes; undefined for an event that nobody sees. */
export function timelineEntry(
  event: OrderEvent,
  after: { readonly version: number; readonly status: OrderStatus },
  at: Date,
): TimelineEntry | undefined {
  if (isSilent(event)) return undefined;
  return { version: after.version, status: after.status, at, ...describe(event) };
}

function describe(event: OrderEvent): { type: TimelineType; message: string } {
  switch (event.type) {
    case 'OrderReceived':
      return { type: 'RECEIVED', message: 'We received your order.' };
    case 'StockReserved':
      return { type: 'STOCK_RESERVED', message: 'Everything is in stock and set aside for you.' };
    case 'StockRefused':
      return { type: 'STOCK_REFUSED', message: 'An item ran out before it could be set aside.' };
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
    case 'OrderCancelled':
      return { type: 'CANCELLED', message: event.reason ?? 'The order was cancelled.' };
    case 'StockReservedTooLate':
    case 'PaymentAuthorizedTooLate':
      throw new Error(`${event.type} has no entry in the timeline: ask isSilent() first.`);
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
