import type { Currency } from '../domain/intent.js';
import type { PaymentRecord } from '../store/payments.js';
import type { PaymentModel } from './models.js';

/** Null until the provider has answered, and for one that was undone before its amount was known. */
export function toPaymentModel(payment: PaymentRecord): PaymentModel | null {
  const { id, status, amountMinor, currency, declineReason, challengeUrl: url, updatedAt } = payment;
  if (status === 'NEW' || status === 'REQUESTED' || amountMinor === null || currency === null) return null;
  const isTaken = status === 'CAPTURED' || status === 'REFUNDED';
  return {
    id,
    status,
    amount: { amountMinor, currency },
    capturedAmount: { amountMinor: isTaken ? amountMinor : 0, currency },
    refundedAmount: { amountMinor: payment.refundedMinor, currency },
    declineReason,
    challenge: url === null ? null : { id: url.slice(url.lastIndexOf('/') + 1), url },
    refunds: payment.refunds.map((refund) => toRefundModel(refund, currency)),
    updatedAt,
  };
}

const toRefundModel = (
  { amountMinor, createdAt, ...refund }: PaymentRecord['refunds'][number],
  currency: Currency,
): PaymentModel['refunds'][number] => ({
  ...refund,
  amount: { amountMinor, currency },
  createdAt: new Date(createdAt),
});
