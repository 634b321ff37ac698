import type { OrderEvent } from './order-event.js';
import type { OrderStatus } from './order-status.js';

/** What somebody wants of an order, or what another subgraph reports. */
export type OrderCommand =
  | { readonly type: 'Receive' }
  | { readonly type: 'ReportStockReserved' }
  | {
      readonly type: 'ReportStockRefused';
      readonly variantId: string;
      readonly requested: number;
      readonly available: number;
    }
  | { readonly type: 'ReportPaymentAuthorized' }
  | { readonly type: 'ReportPaymentDeclined'; readonly reason: string }
  /** The outcome of stock and payment did not come in time. */
  | { readonly type: 'TimeOut' }
  | { readonly type: 'Cancel'; readonly reason: string | null }
  | { readonly type: 'Transition'; readonly to: OrderStatus; readonly message: string | null };

/** The order's state does not allow it. */
export interface InvalidTransition {
  readonly status: OrderStatus;
  readonly availableTransitions: readonly OrderStatus[];
}

/** What {@link decide} answers: the events that follow (none for something already done), or a refusal. */
export type Decision =
  | { readonly accepted: true; readonly events: readonly OrderEvent[] }
  | { readonly accepted: false; readonly refusal: InvalidTransition };
