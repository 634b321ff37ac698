import type { OrderFailure } from './order.js';
import type { SagaEvent } from './saga-event.js';

/** Something about an order that its customer sees: each is an entry of the timeline, and a version. */
export type TimelineEvent =
  | { readonly type: 'OrderReceived' }
  | { readonly type: 'StockReserved' }
  | { readonly type: 'StockRefused' }
  /** The buyer's bank wants the payment to be confirmed. */
  | { readonly type: 'PaymentChallenged' }
  | { readonly type: 'PaymentAuthorized' }
  | { readonly type: 'PaymentDeclined'; readonly reason: string }
  | { readonly type: 'OrderPlaced' }
  | { readonly type: 'OrderFailed'; readonly failure: OrderFailure }
  | { readonly type: 'OrderAdvanced'; readonly to: AdvancedStatus; readonly message: string | null }
  | { readonly type: 'ShipmentScheduled' }
  | { readonly type: 'ParcelMoved'; readonly message: string }
  /** A parcel is being prepared: shipping is asked whether it can still be stopped. */
  | { readonly type: 'CancelRequested'; readonly reason: string | null }
  | { readonly type: 'CancelRefused' }
  | { readonly type: 'OrderCancelled'; readonly reason: string | null }
  | { readonly type: 'PaymentVoided' }
  /** `refundedMinor` is all that was given back so far. */
  | { readonly type: 'PaymentRefunded'; readonly refundedMinor: number }
  | { readonly type: 'ReturnRequested'; readonly reason: string | null }
  | { readonly type: 'ReturnScheduled' }
  | { readonly type: 'ParcelReturned' };

/** What happened to an order: what its customer sees, and what its saga goes by. */
export type OrderEvent = TimelineEvent | SagaEvent;

/** States that an order gets to after it was placed. */
export type AdvancedStatus = 'PAID' | 'SHIPPED' | 'COMPLETE';

/** True for an event of the saga alone. */
export const isSagaEvent = (event: OrderEvent): event is SagaEvent => 'step' in event;
