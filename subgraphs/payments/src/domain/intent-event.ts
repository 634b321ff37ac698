import type { Charge } from './intent.js';

/** What happened to a payment. The last five are told to others. */
export type IntentEvent =
  | { readonly type: 'AuthorizationRequested'; readonly charge: Charge }
  | { readonly type: 'CaptureRequested' }
  | { readonly type: 'UndoRequested' }
  | { readonly type: 'Authorized'; readonly reference: string }
  | { readonly type: 'Declined'; readonly reason: string }
  | { readonly type: 'Captured' }
  | { readonly type: 'Voided' }
  | { readonly type: 'Refunded' };
