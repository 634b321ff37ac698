import type { ChallengeResult } from '../commands/complete-challenge.js';
import type { RefundResult } from '../commands/refund-payment.js';
import { type DrillResult, LONGEST_DRILL_S } from '../commands/set-drill.js';
import type { RefundRefusal } from '../domain/refund.js';
import type { PaymentRecord } from '../store/payments.js';
import type { PaymentErrorModel } from './models.js';
import { toPaymentModel } from './payment-model.js';

const error = (
  code: PaymentErrorModel['code'],
  message: string,
  ...path: readonly string[]
): PaymentErrorModel => ({ code, message, path });

/** @param payment as it is now; null if there is none */
export function refundPayload(result: RefundResult, payment: PaymentRecord | null) {
  if (result.kind === 'accepted') {
    const shown = payment && toPaymentModel(payment);
    const refund = shown?.refunds.find(({ id }) => id === result.refundId) ?? null;
    return { payment: shown, refund, errors: [] };
  }
  return { payment: null, refund: null, errors: [refundError(result, payment)] };
}

function refundError(
  result: Exclude<RefundResult, { kind: 'accepted' }>,
  payment: PaymentRecord | null,
): PaymentErrorModel {
  switch (result.kind) {
    case 'refused':
      return refusalError(result.refusal, payment);
    case 'conflict':
      return error(
        'IDEMPOTENCY_CONFLICT',
        'This idempotency key was used for another refund. Take a new key for a new refund.',
        'idempotencyKey',
      );
    case 'unknown':
      return error('NOT_FOUND', 'There is no payment of this order. Check the id.', 'orderId');
    case 'invalid':
      return error('INVALID_INPUT', result.problem.message, ...result.problem.path);
  }
}

function refusalError(refusal: RefundRefusal, payment: PaymentRecord | null): PaymentErrorModel {
  if (refusal.code !== 'EXCEEDS_CAPTURED' || !payment?.currency) {
    return error('NOT_REFUNDABLE', refusal.reason, 'orderId');
  }
  return {
    ...error('REFUND_EXCEEDS_CAPTURED', refusal.reason, 'amountMinor'),
    refundable: { amountMinor: refusal.refundableMinor, currency: payment.currency },
  };
}

export function challengePayload(result: ChallengeResult) {
  if (result.kind === 'taken') return { order: { id: result.orderId, readerProof: null }, errors: [] };
  return { order: null, errors: [challengeError(result.kind)] };
}

function challengeError(kind: 'unknown' | 'over' | 'not-allowed'): PaymentErrorModel {
  switch (kind) {
    case 'unknown':
      return error('NOT_FOUND', 'There is no such challenge. Check the id.', 'challengeId');
    case 'over':
      return error('CHALLENGE_OVER', 'This payment was decided before. Look at the order.', 'challengeId');
    case 'not-allowed':
      return error('NOT_ALLOWED_HERE', "Real money moves here: confirm on the bank's own page.");
  }
}

export function drillPayload(result: DrillResult) {
  switch (result.kind) {
    case 'set':
      return { drill: result.drill, errors: [] };
    case 'invalid':
      return {
        drill: null,
        errors: [error('INVALID_INPUT', `A drill lasts 1 to ${LONGEST_DRILL_S} seconds.`, 'seconds')],
      };
    case 'not-allowed':
      return {
        drill: null,
        errors: [
          error('NOT_ALLOWED_HERE', 'Drills are off. Start with SOUK_DRILLS=true and the sandbox provider.'),
        ],
      };
  }
}
