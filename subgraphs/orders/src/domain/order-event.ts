import type { OrderFailure } from './order.js';

/** What happened to an order. All but the two `…TooLate` are entries of its timeline. */
export type OrderEvent =
  | { readonly type: 'OrderReceived' }
  | { readonly type: 'StockReserved' }
  | { readonly type: 'StockRefused' }
  | { readonly type: 'PaymentAuthorized' }
  | { readonly type: 'PaymentDeclined'; readonly reason: string }
  | { readonly type: 'OrderPlaced' }
  | { readonly type: 'OrderFailed'; readonly failure: OrderFailure }
  | { readonly type: 'OrderAdvanced'; readonly to: AdvancedStatus; readonly message: string | null }
  | { readonly type: 'OrderCancelled'; readonly reason: string | null }
  /** Stock was set aside for an order that is off already: it must be let go (again). */
  | { readonly type: 'StockReservedTooLate' }
  /** A payment was authorised for an order that is off already: it must be undone (again). */
  | { readonly type: 'PaymentAuthorizedTooLate' };

/** States that staff moves an order to after it was placed. */
export type AdvancedStatus = 'PAID' | 'SHIPPED' | 'COMPLETE';

/** True for an event that only makes other subgraphs let something go and that nobody sees. */
export const isSilent = (event: OrderEvent): boolean =>
  event.type === 'StockReservedTooLate' || event.type === 'PaymentAuthorizedTooLate';
