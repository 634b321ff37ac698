import type { Charge, Decline } from './intent.js';
import type { Refund } from './refund.js';

/** What happened to a payment. Those from `Challenged` on are told to others. */
export type IntentEvent =
  | { readonly type: 'AuthorizationRequested'; readonly charge: Charge }
  /** What was to be paid became known only after it had been undone. */
  | { readonly type: 'ChargeNoted'; readonly charge: Charge }
  | { readonly type: 'CaptureRequested' }
  | { readonly type: 'UndoRequested' }
  | { readonly type: 'RefundBegun'; readonly refund: Refund }
  | { readonly type: 'Challenged'; readonly reference: string; readonly url: string }
  | { readonly type: 'Authorized'; readonly reference: string }
  | { readonly type: 'Declined'; readonly decline: Decline }
  | { readonly type: 'Captured' }
  | { readonly type: 'CaptureRefused'; readonly reason: string }
  | { readonly type: 'Voided' }
  /** It was to be undone, and there was nothing left to undo. */
  | { readonly type: 'NothingLeft' }
  | { readonly type: 'Refunded'; readonly refundId: string }
  | { readonly type: 'RefundRefused'; readonly refund: Refund };
