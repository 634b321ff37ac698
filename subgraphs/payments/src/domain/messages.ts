import type { Intent } from './intent.js';
import type { IntentEvent } from './intent-event.js';
import { refundedMinor } from './refund.js';

/** Something to tell other subgraphs. Its version is the payment's after the event. */
export interface PaymentMessage {
  readonly type: string;
  readonly version: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What others are told of an event; undefined for one that is only our own business. */
export function messageFor(
  event: IntentEvent,
  after: Intent,
  ids: { readonly orderId: string; readonly paymentId: string },
): PaymentMessage | undefined {
  const tell = (type: string, more: Readonly<Record<string, unknown>> = {}): PaymentMessage => ({
    type: `payment.${type}`,
    version: after.version,
    payload: { ...ids, ...after.charge?.amount, ...more },
  });
  switch (event.type) {
    case 'AuthorizationRequested':
    case 'ChargeNoted':
    case 'CaptureRequested':
    case 'UndoRequested':
    case 'RefundBegun':
      return undefined;
    case 'Challenged':
      return tell('challenge-required', { challengeUrl: event.url });
    case 'Authorized':
      return tell('authorized');
    case 'Declined':
      return tell('declined', { ...event.decline });
    case 'Captured':
      return tell('captured');
    case 'CaptureRefused':
      return tell('capture-refused', { reason: event.reason });
    case 'Voided':
    case 'NothingLeft':
      return tell('voided');
    case 'Refunded': {
      const { refundId } = event;
      const amountMinor = after.refunds.find(({ id }) => id === refundId)?.amountMinor;
      return tell('refunded', { refundId, amountMinor, refundedMinor: refundedMinor(after) });
    }
    case 'RefundRefused': {
      const { id, amountMinor, refusal } = event.refund;
      return tell('refund-refused', { refundId: id, amountMinor, reason: refusal });
    }
  }
}
