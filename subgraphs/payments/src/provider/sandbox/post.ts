import type { Money } from '../../domain/intent.js';
import { type Movement, standingOf } from './movement.js';
import { behaviourOf } from './test-tokens.js';

/** What the sandbox is asked to write down about a payment. */
export interface Posting {
  readonly key: string;
  readonly orderId: string;
  readonly kind: Movement['kind'];
  readonly amount: Money;
  /** Only for AUTHORIZE. */
  readonly token?: string;
  /** Only for AUTHORIZE: to be used if it is challenged. */
  readonly challengeId?: string;
  /** Only for CHALLENGE: what the shopper says; null if they said nothing in time. */
  readonly isApproved?: boolean | null;
}

/** What an entry decides beyond its own name. */
type Verdict = Pick<Movement, 'outcome' | 'code' | 'reason'>;
const DONE: Verdict = { outcome: 'DONE', code: null, reason: null };
const refused = (reason: string, code: Movement['code'] = null): Verdict => ({
  outcome: 'REFUSED',
  code,
  reason,
});

/**
 * The entry that a posting makes, given the payment's entries so far. Pure, and the sandbox's whole morals: a hold is
 * captured or let go, once; no more goes back than was taken.
 */
export function post(posting: Posting, entries: readonly Movement[], at: Date): Movement {
  const { key, orderId, kind, amount, token = null, challengeId = null } = posting;
  const verdict = verdictOn(posting, entries);
  return {
    ...verdict,
    key,
    orderId,
    kind,
    amountMinor: amount.amountMinor,
    currency: amount.currency,
    token,
    challengeId: verdict.outcome === 'OPEN' ? challengeId : null,
    at,
  };
}

function verdictOn({ kind, amount, token, isApproved }: Posting, entries: readonly Movement[]): Verdict {
  const standing = standingOf(entries);
  const behaviour = behaviourOf(entries.find((entry) => entry.kind === 'AUTHORIZE')?.token ?? token ?? null);
  switch (kind) {
    case 'AUTHORIZE': {
      if (behaviour.decline) return refused(behaviour.decline.reason, behaviour.decline.code);
      return behaviour.isChallenged ? { ...DONE, outcome: 'OPEN' } : DONE;
    }
    case 'CHALLENGE':
      if (standing !== 'OPEN') return refused('The challenge was over.', 'CHALLENGE_FAILED');
      if (isApproved) return DONE;
      return refused(
        isApproved === null
          ? 'The payment was not confirmed in time.'
          : 'The payment was not confirmed with the bank.',
        'CHALLENGE_FAILED',
      );
    case 'CAPTURE':
      return standing === 'HELD' && !behaviour.failsCapture
        ? DONE
        : refused('The card company let the hold go: nothing can be taken.');
    case 'VOID':
      return standing === 'CAPTURED' ? refused('The amount was taken: give it back instead.') : DONE;
    case 'REFUND':
      if (behaviour.failsFirstRefund && !entries.some((entry) => entry.kind === 'REFUND'))
        return refused('The card company does not take the money back.');
      return standing === 'CAPTURED' && amount.amountMinor <= leftOf(entries)
        ? DONE
        : refused('That is more than is left of what was taken.');
  }
}

const leftOf = (entries: readonly Movement[]): number =>
  totalOf(entries, 'CAPTURE') - totalOf(entries, 'REFUND');

const totalOf = (entries: readonly Movement[], kind: Movement['kind']): number =>
  entries
    .filter((entry) => entry.kind === kind && entry.outcome === 'DONE')
    .reduce((total, { amountMinor }) => total + amountMinor, 0);
