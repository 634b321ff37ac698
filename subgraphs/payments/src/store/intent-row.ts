import type { Currency, DeclineCode, Goal, Intent, IntentStatus, Operation } from '../domain/intent.js';
import type { Refund } from '../domain/refund.js';

/** The columns of a payment that the domain is made of. */
export interface IntentRow {
  readonly order_id: string;
  readonly payment_id: string;
  readonly status: IntentStatus;
  readonly goal: Goal;
  readonly version: number;
  readonly amount_minor: number | null;
  readonly currency: Currency | null;
  readonly customer_id: string | null;
  readonly payment_token: string | null;
  readonly decline_code: DeclineCode | null;
  readonly decline_reason: string | null;
  readonly challenge_url: string | null;
  readonly provider_reference: string | null;
  readonly refunds: readonly Refund[];
  readonly operation: Operation | null;
  readonly attempts: number;
}

/** For SELECT and RETURNING. */
export const INTENT_COLUMNS = `order_id, payment_id, status, goal, version, amount_minor, currency, customer_id,
  payment_token, decline_code, decline_reason, challenge_url, provider_reference, refunds, operation, attempts`;

export const toIntent = (row: IntentRow): Intent => ({
  status: row.status,
  goal: row.goal,
  version: row.version,
  charge:
    row.amount_minor === null || row.currency === null
      ? null
      : {
          amount: { amountMinor: row.amount_minor, currency: row.currency },
          customerId: row.customer_id,
          paymentToken: row.payment_token ?? '',
        },
  decline:
    row.decline_reason === null ? null : { code: row.decline_code ?? 'DECLINED', reason: row.decline_reason },
  challengeUrl: row.challenge_url,
  providerReference: row.provider_reference,
  refunds: row.refunds,
  operation: row.operation,
  attempts: row.attempts,
});
