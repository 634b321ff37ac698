import type { Intent } from './intent.js';
import type { IntentEvent } from './intent-event.js';
import { nextOperation } from './next-operation.js';
import { type Refund, isRest, refundedMinor } from './refund.js';

/** The payment after an event. */
export function evolve(intent: Intent, event: IntentEvent): Intent {
  const changed = change(intent, event);
  const operation = nextOperation(changed);
  // Whatever comes next is counted anew.
  return { ...changed, operation, attempts: operation === changed.operation ? changed.attempts : 0 };
}

function change(intent: Intent, event: IntentEvent): Intent {
  switch (event.type) {
    case 'AuthorizationRequested':
      return { ...intent, status: 'REQUESTED', charge: event.charge };
    case 'ChargeNoted':
      return { ...intent, charge: event.charge };
    case 'CaptureRequested':
      return { ...intent, goal: 'CAPTURED' };
    case 'UndoRequested':
      return { ...intent, goal: 'UNDONE' };
    case 'RefundBegun':
      return { ...intent, refunds: [...intent.refunds.filter(staysBeside(event.refund)), event.refund] };
    case 'Challenged':
      return {
        ...done(intent),
        status: 'CHALLENGED',
        providerReference: event.reference,
        challengeUrl: event.url,
      };
    case 'Authorized':
      return {
        ...done(intent),
        status: 'AUTHORIZED',
        providerReference: event.reference,
        challengeUrl: null,
      };
    case 'Declined':
      return { ...done(intent), status: 'DECLINED', decline: event.decline, challengeUrl: null };
    case 'Captured':
      return { ...done(intent), status: 'CAPTURED' };
    case 'CaptureRefused':
      return { ...done(intent), status: 'LAPSED', decline: { code: 'DECLINED', reason: event.reason } };
    case 'Voided':
      return { ...done(intent), status: 'VOIDED', challengeUrl: null };
    case 'NothingLeft':
      return told(intent);
    case 'Refunded':
      return refunded(intent, event.refundId);
    case 'RefundRefused': {
      const isNew = intent.refunds.every(({ id }) => id !== event.refund.id);
      return isNew
        ? { ...told(intent), refunds: [...intent.refunds, event.refund] }
        : {
            ...done(intent),
            refunds: intent.refunds.map((refund) => (refund.id === event.refund.id ? event.refund : refund)),
          };
    }
  }
}

function refunded(intent: Intent, refundId: string): Intent {
  const refunds = intent.refunds.map((refund) =>
    refund.id === refundId ? { ...refund, status: 'SUCCEEDED' as const } : refund,
  );
  const isAll = refundedMinor({ refunds }) >= (intent.charge?.amount.amountMinor ?? 0);
  return { ...done(intent), refunds, status: isAll ? 'REFUNDED' : 'CAPTURED' };
}

/** Of refusals to give the rest back only the last one is kept: it may be tried for a long time. */
const staysBeside =
  (newer: Refund) =>
  (refund: Refund): boolean =>
    !(isRest(newer) && isRest(refund) && refund.status === 'REFUSED');

const told = (intent: Intent): Intent => ({ ...intent, version: intent.version + 1 });

/** The operation that was due is done, and others are told. */
const done = (intent: Intent): Intent => ({ ...told(intent), operation: null, attempts: 0 });
