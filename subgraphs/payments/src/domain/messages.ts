import type { Intent } from './intent.js';
import type { IntentEvent } from './intent-event.js';

/** Something to tell other subgraphs. Its version is the payment's after the event. */
export interface PaymentMessage {
  readonly type: string;
  readonly version: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

const TYPE_OF = {
  Authorized: 'payment.authorized',
  Declined: 'payment.declined',
  Captured: 'payment.captured',
  Voided: 'payment.voided',
  Refunded: 'payment.refunded',
} as const;

/** What others are told of an event; undefined for one that is only our own business. */
export function messageFor(
  event: IntentEvent,
  after: Intent,
  ids: { readonly orderId: string; readonly paymentId: string },
): PaymentMessage | undefined {
  switch (event.type) {
    case 'AuthorizationRequested':
    case 'CaptureRequested':
    case 'UndoRequested':
      return undefined;
    case 'Declined':
    case 'Authorized':
    case 'Captured':
    case 'Voided':
    case 'Refunded': {
      const reason = event.type === 'Declined' ? { reason: event.reason } : {};
      return {
        type: TYPE_OF[event.type],
        version: after.version,
        payload: { ...ids, ...after.charge?.amount, ...reason },
      };
    }
  }
}
