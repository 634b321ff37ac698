import type { OrderEvent } from './order-event.js';
import type { OrderStatus } from './order-status.js';

/** What inventory reports about an order. */
export type StockReport =
  | { readonly type: 'ReportStockReserved' }
  | {
      readonly type: 'ReportStockRefused';
      readonly variantId: string;
      readonly requested: number;
      readonly available: number;
    }
  | { readonly type: 'ReportStockExpired' }
  | { readonly type: 'ReportStockCommitted' }
  | { readonly type: 'ReportCommitRefused'; readonly reason: string }
  | { readonly type: 'ReportStockReleased' };

/** What payments reports about an order. */
export type PaymentReport =
  | { readonly type: 'ReportPaymentChallenged' }
  | { readonly type: 'ReportPaymentAuthorized' }
  | { readonly type: 'ReportPaymentDeclined'; readonly reason: string }
  | { readonly type: 'ReportPaymentCaptured' }
  | { readonly type: 'ReportCaptureRefused'; readonly reason: string }
  | { readonly type: 'ReportPaymentVoided' }
  /** `refundedMinor` is all that was given back so far. */
  | { readonly type: 'ReportPaymentRefunded'; readonly refundedMinor: number };

/** What shipping reports about an order. */
export type ShipmentReport =
  | { readonly type: 'ReportShipmentScheduled' }
  | { readonly type: 'ReportShipmentRefused'; readonly reason: string }
  | { readonly type: 'ReportShipped' }
  | { readonly type: 'ReportMoved'; readonly message: string }
  | { readonly type: 'ReportDelivered' }
  | { readonly type: 'ReportLost' }
  | { readonly type: 'ReportShipmentCancelled' }
  | { readonly type: 'ReportCancelRefused'; readonly reason: string }
  | { readonly type: 'ReportReturnScheduled' }
  | { readonly type: 'ReportReturned' };

/** What another subgraph reports about an order. Reports may come twice, late, and in any order. */
export type Report = StockReport | PaymentReport | ShipmentReport;

/** What somebody wants of an order, or what another subgraph reports. */
export type OrderCommand =
  | Report
  | { readonly type: 'Receive' }
  /** Time has passed: what is due is asked for again, what is overdue is given up. */
  | { readonly type: 'Tick' }
  | { readonly type: 'Cancel'; readonly reason: string | null }
  | { readonly type: 'Transition'; readonly to: OrderStatus; readonly message: string | null }
  | { readonly type: 'Return'; readonly reason: string | null }
  /** Staff: what waits for an answer is asked for again now. */
  | { readonly type: 'Retry' }
  /** Staff: the order, or its return, is to be ended. A parcel that is on its way counts as lost. */
  | { readonly type: 'Compensate'; readonly reason: string | null };

/** The order's state does not allow it. */
export interface InvalidTransition {
  readonly status: OrderStatus;
  readonly availableTransitions: readonly OrderStatus[];
}

/** What {@link decide} answers: the events that follow (none for something already done), or a refusal. */
export type Decision =
  | { readonly accepted: true; readonly events: readonly OrderEvent[] }
  | { readonly accepted: false; readonly refusal: InvalidTransition };
