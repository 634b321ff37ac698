import { evolve } from './evolve.js';
import { type Intent, isOver } from './intent.js';
import type { IntentCommand } from './intent-command.js';
import type { IntentEvent } from './intent-event.js';
import { isRest, nextRestId, pendingRefund, refundableMinor } from './refund.js';
import { requestAuthorization, requestCapture, requestRefund, requestUndo } from './wishes.js';

/**
 * What follows from a command. Commands and the provider's answers may come twice, late and in any order: one that no
 * longer fits is dropped. Each wish to undo is answered once, by `Voided`, `NothingLeft` or the last `Refunded`.
 *
 * @param at ISO 8601, UTC
 * @example decide({ type: 'ReportCaptured' }, intent, at) // [{ type: 'Captured' }] if it was authorised, else []
 */
export function decide(command: IntentCommand, intent: Intent, at: string): readonly IntentEvent[] {
  const events = follow(command, intent, at);
  return events.length === 0 ? events : [...events, ...finishUndoing(events, intent, at)];
}

function follow(command: IntentCommand, intent: Intent, at: string): readonly IntentEvent[] {
  const { status } = intent;
  const isUndecided = status === 'REQUESTED' || status === 'CHALLENGED';
  switch (command.type) {
    case 'RequestAuthorization':
      return requestAuthorization(command.charge, intent);
    case 'RequestCapture':
      return requestCapture(intent);
    case 'RequestUndo':
      return requestUndo(intent);
    case 'RequestRefund':
      return requestRefund(command.refund, intent, at);
    case 'ReportChallenged':
      return status === 'REQUESTED'
        ? [{ type: 'Challenged', reference: command.reference, url: command.url }]
        : [];
    case 'ReportAuthorized':
      return isUndecided ? [{ type: 'Authorized', reference: command.reference }] : [];
    case 'ReportDeclined':
      return isUndecided ? [{ type: 'Declined', decline: command.decline }] : [];
    case 'ReportCaptured':
      return status === 'AUTHORIZED' ? [{ type: 'Captured' }] : [];
    case 'ReportHoldGone':
      return reportHoldGone(command.reason, intent);
    case 'ReportRefunded':
      return isPending(command.refundId, intent) ? [{ type: 'Refunded', refundId: command.refundId }] : [];
    case 'ReportRefundRefused': {
      const refund = intent.refunds.find(({ id }) => id === command.refundId);
      return refund?.status === 'PENDING'
        ? [{ type: 'RefundRefused', refund: { ...refund, status: 'REFUSED', refusal: command.reason } }]
        : [];
    }
  }
}

const isPending = (refundId: string, { refunds }: Intent): boolean =>
  refunds.some(({ id, status }) => id === refundId && status === 'PENDING');

function reportHoldGone(reason: string, { status, goal }: Intent): readonly IntentEvent[] {
  if (status !== 'REQUESTED' && status !== 'CHALLENGED' && status !== 'AUTHORIZED') return [];
  if (goal === 'UNDONE') return [{ type: 'Voided' }];
  return status === 'AUTHORIZED'
    ? [{ type: 'CaptureRefused', reason }]
    : [{ type: 'Declined', decline: { code: 'CHALLENGE_FAILED', reason } }];
}

/** What a payment that is to be undone needs beyond what has just happened. */
function finishUndoing(events: readonly IntentEvent[], before: Intent, at: string): readonly IntentEvent[] {
  const after = events.reduce(evolve, before);
  if (after.goal !== 'UNDONE') return [];
  const last = events.at(-1)?.type;
  if (isOver(after)) {
    const wasUndone = before.goal === 'UNDONE' && isOver(before);
    return wasUndone || last === 'Voided' || last === 'Refunded' ? [] : [{ type: 'NothingLeft' }];
  }
  if (after.status !== 'CAPTURED' || pendingRefund(after)) return [];
  // One that was refused stays so until somebody wishes again to undo the payment.
  if (last === 'RefundRefused' && before.refunds.some(isRest)) return [];
  return [{ type: 'RefundBegun', refund: restOf(after, at) }];
}

const restOf = (intent: Intent, at: string): Extract<IntentEvent, { type: 'RefundBegun' }>['refund'] => ({
  id: nextRestId(intent),
  amountMinor: refundableMinor(intent),
  reason: 'The order was undone.',
  status: 'PENDING',
  refusal: null,
  createdAt: at,
});
