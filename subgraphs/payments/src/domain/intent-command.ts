import type { Charge } from './intent.js';

/** What orders wants of a payment, or what the provider has done. */
export type IntentCommand =
  | { readonly type: 'RequestAuthorization'; readonly charge: Charge }
  | { readonly type: 'RequestCapture' }
  /** Let the hold go, or give the money back: whatever undoes it. */
  | { readonly type: 'RequestUndo' }
  | { readonly type: 'ReportAuthorized'; readonly reference: string }
  | { readonly type: 'ReportDeclined'; readonly reason: string }
  | { readonly type: 'ReportCaptured' }
  | { readonly type: 'ReportVoided' }
  | { readonly type: 'ReportRefunded' };
