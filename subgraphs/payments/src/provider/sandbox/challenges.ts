import { idempotencyKeyOf } from '../payment-provider.js';
import type { Ledger } from './ledger.js';

/** How an answer to a challenge was taken. */
export type ChallengeAnswer =
  | { readonly kind: 'unknown' }
  /** It was answered otherwise before, or it came too late. */
  | { readonly kind: 'over' }
  | { readonly kind: 'taken'; readonly orderId: string; readonly reference: string };

/**
 * Plays the shopper's bank. The first answer counts; the same one again is taken again.
 *
 * @example await answerChallenge(ledger, challengeId, true) // { kind: 'taken', orderId: 'o1', … }
 */
export async function answerChallenge(
  ledger: Ledger,
  challengeId: string,
  isApproved: boolean,
): Promise<ChallengeAnswer> {
  const held = await ledger.challenged(challengeId);
  if (!held) return { kind: 'unknown' };
  const { orderId, amountMinor, currency } = held;
  const { entry } = await ledger.post({
    key: idempotencyKeyOf(orderId, 'CHALLENGE'),
    orderId,
    kind: 'CHALLENGE',
    amount: { amountMinor, currency },
    isApproved,
  });
  const wasApproved = entry.outcome === 'DONE';
  return wasApproved === isApproved
    ? { kind: 'taken', orderId, reference: `sandbox-${orderId}` }
    : { kind: 'over' };
}
