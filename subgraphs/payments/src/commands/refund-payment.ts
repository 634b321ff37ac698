import type { RefundRefusal } from '../domain/refund.js';
import { refusalOf } from '../domain/refund.js';
import { type InputProblem, type RefundRequest, fingerprintOf, problemOf } from '../domain/refund-request.js';
import { applyCommands, readIntent } from '../store/apply-commands.js';
import { claimRefundKey, refuseRefundKey } from '../store/refund-requests.js';
import type { CommandDeps } from './command-deps.js';

/** What `refundPayment` answers. */
export type RefundResult =
  | { readonly kind: 'accepted'; readonly refundId: string }
  | { readonly kind: 'refused'; readonly refusal: RefundRefusal }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'invalid'; readonly problem: InputProblem };

/**
 * Has a part of a payment given back, once for each key: key, decision and wish are written in one transaction, and
 * the provider is asked afterwards. The first outcome, accepted or refused, is what the key answers from then on.
 */
export async function refundPayment(deps: CommandDeps, request: RefundRequest): Promise<RefundResult> {
  const { database, clock, newId } = deps;
  const problem = problemOf(request);
  if (problem) return { kind: 'invalid', problem };
  const { orderId, amountMinor, reason, idempotencyKey: key } = request;
  const fingerprint = fingerprintOf(request);
  const refundId = newId();
  const result = await database.transaction(async (sql): Promise<RefundResult> => {
    const intent = await readIntent(sql, orderId);
    if (!intent) return { kind: 'unknown' };
    const known = await claimRefundKey(sql, { key, fingerprint, orderId }, refundId, clock());
    if (known && known.fingerprint !== fingerprint) return { kind: 'conflict' };
    if (known?.refusal) return { kind: 'refused', refusal: known.refusal };
    if (known) return { kind: 'accepted', refundId: known.refundId };
    const refusal = refusalOf(amountMinor, intent);
    if (refusal) {
      await refuseRefundKey(sql, key, refusal);
      return { kind: 'refused', refusal };
    }
    const refund = { id: refundId, amountMinor, reason };
    await applyCommands(sql, [{ orderId, command: { type: 'RequestRefund', refund } }], deps);
    return { kind: 'accepted', refundId };
  });
  deps.onWish();
  return result;
}
