import type { Decline } from '../../domain/intent.js';

/** How a payment behaves that was made with a test token. Whatever a behaviour does not name goes well, and at once. */
export interface Behaviour {
  readonly decline?: Decline;
  /** The shopper has to confirm before the amount is held. */
  readonly isChallenged?: boolean;
  /** The first call is written down, but its answer is lost. */
  readonly losesFirstAnswer?: boolean;
  /** So many calls fail before one is written down. */
  readonly faults?: number;
  readonly isSlow?: boolean;
  /** The hold is gone when the amount is to be taken. */
  readonly failsCapture?: boolean;
  readonly failsFirstRefund?: boolean;
}

/** Every test token. The README's table and the schema's, at `PaymentTestToken`, say the same. */
const TOKENS: Readonly<Record<string, Behaviour & { readonly meaning: string }>> = {
  tok_approve: { meaning: 'approved at once' },
  tok_decline: {
    meaning: 'declined, code `DECLINED`',
    decline: { code: 'DECLINED', reason: 'The card was declined.' },
  },
  tok_insufficient_funds: {
    meaning: 'declined, code `INSUFFICIENT_FUNDS`',
    decline: { code: 'INSUFFICIENT_FUNDS', reason: 'The card has not enough money on it.' },
  },
  tok_expired_card: {
    meaning: 'declined, code `EXPIRED_CARD`',
    decline: { code: 'EXPIRED_CARD', reason: 'The card has expired.' },
  },
  tok_challenge: {
    meaning:
      'the shopper has to confirm within 15 minutes, then approved; else declined, code `CHALLENGE_FAILED`',
    isChallenged: true,
  },
  tok_timeout: {
    meaning: 'approved, but the first answer is lost: found out by asking again, after some seconds',
    losesFirstAnswer: true,
  },
  tok_error: { meaning: 'the provider fails twice, then approves', faults: 2 },
  tok_slow: { meaning: 'approved after a second and a half', isSlow: true },
  tok_capture_fails: {
    meaning: 'approved, but the hold is gone when the amount is to be taken',
    failsCapture: true,
  },
  tok_refund_fails: {
    meaning: 'approved and taken, but the first refund is refused; another one works',
    failsFirstRefund: true,
  },
};

/** For the checkout of a demo, and for documentation. */
export const TEST_TOKENS: readonly { readonly token: string; readonly meaning: string }[] = Object.entries(
  TOKENS,
).map(([token, { meaning }]) => ({ token, meaning }));

const UNKNOWN: Behaviour = {
  decline: {
    code: 'INVALID_TOKEN',
    reason: `The sandbox does not know this token. It knows ${Object.keys(TOKENS).join(', ')}.`,
  },
};

/** @example behaviourOf('tok_error').faults // 2 */
export const behaviourOf = (token: string | null): Behaviour =>
  (token !== null && Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined) ?? UNKNOWN;
