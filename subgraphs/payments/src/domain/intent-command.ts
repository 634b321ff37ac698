import type { Charge, Decline } from './intent.js';
import type { RefundWish } from './refund.js';

/** What orders or staff want of a payment, or what the provider has done. */
export type IntentCommand =
  | { readonly type: 'RequestAuthorization'; readonly charge: Charge }
  | { readonly type: 'RequestCapture' }
  /** Let the hold go, or give the money back: whatever undoes it. */
  | { readonly type: 'RequestUndo' }
  | { readonly type: 'RequestRefund'; readonly refund: RefundWish }
  | { readonly type: 'ReportChallenged'; readonly reference: string; readonly url: string }
  | { readonly type: 'ReportAuthorized'; readonly reference: string }
  | { readonly type: 'ReportDeclined'; readonly decline: Decline }
  | { readonly type: 'ReportCaptured' }
  /** The hold is gone for good and nothing was taken: we let it go, it ran out, or the provider refuses to take it. */
  | { readonly type: 'ReportHoldGone'; readonly reason: string }
  | { readonly type: 'ReportRefunded'; readonly refundId: string }
  | { readonly type: 'ReportRefundRefused'; readonly refundId: string; readonly reason: string };
