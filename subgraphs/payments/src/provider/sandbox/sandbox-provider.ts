import { randomUUID } from 'node:crypto';
import { sleep } from '@souk/kit/lifecycle';
import type { Decline } from '../../domain/intent.js';
import {
  type Authorization,
  type PaymentProvider,
  type ProviderCall,
  ProviderUnavailable,
  idempotencyKeyOf,
} from '../payment-provider.js';
import type { Drills } from './drill.js';
import type { Ledger, Posted } from './ledger.js';
import { type Movement, standingOf } from './movement.js';
import type { Posting } from './post.js';
import { behaviourOf } from './test-tokens.js';

/** What the sandbox is made of. */
export interface SandboxDeps {
  readonly ledger: Ledger;
  readonly clock: () => Date;
  /** Undefined unless drills are allowed. */
  readonly drills?: Drills | undefined;
  /** How long a slow answer takes, in milliseconds. @default 1500 */
  readonly slowMs?: number;
  /** After how long a lost answer is given up, in milliseconds. @default 4000 */
  readonly patienceMs?: number;
}

/** How long the shopper has to confirm, in milliseconds. */
export const CHALLENGE_MS = 15 * 60_000;

/** Where the shopper confirms, below the shop's own address. */
export const challengeUrl = (challengeId: string): string => `/payments/challenge/${challengeId}`;

/**
 * Moves no money, but keeps books as if it did: a call that is made again under its key changes nothing, whatever died
 * in between. How it behaves is decided by the token (test-tokens.ts), and by a drill.
 */
export function createSandboxProvider(deps: SandboxDeps): PaymentProvider {
  const { ledger, clock, drills } = deps;
  const slowMs = deps.slowMs ?? 1_500;
  const patienceMs = deps.patienceMs ?? 4_000;

  const loseAnswer = async (signal: AbortSignal): Promise<never> => {
    await sleep(patienceMs, signal);
    throw new ProviderUnavailable('The sandbox did not answer in time. It may have done what it was asked.');
  };
  /** Does something for a call, unless a drill has other plans. */
  const answer = async <T>({ signal }: ProviderCall, act: () => Promise<T>): Promise<T> => {
    const drill = await drills?.current();
    if (drill?.mode === 'ERROR') throw new ProviderUnavailable('The sandbox fails, because of a drill.');
    if (drill?.mode === 'SLOW') await sleep(slowMs, signal);
    const result = await act();
    return drill?.mode === 'TIMEOUT' ? loseAnswer(signal) : result;
  };
  const write = (kind: Posting['kind'], call: ProviderCall): Promise<Posted> =>
    ledger.post({ key: call.idempotencyKey, orderId: call.orderId, kind, amount: call.amount });

  return {
    authorize: (call) =>
      answer(call, async () => {
        const { idempotencyKey: key, orderId, amount, paymentToken: token, signal } = call;
        const { faults = 0, isSlow, losesFirstAnswer } = behaviourOf(token);
        if (faults > 0 && (await ledger.countFault(key)) <= faults) {
          throw new ProviderUnavailable('The sandbox fails, as its token says.');
        }
        if (isSlow) await sleep(slowMs, signal);
        const challengeId = randomUUID();
        const { entry, isNew } = await ledger.post({
          key,
          orderId,
          kind: 'AUTHORIZE',
          amount,
          token,
          challengeId,
        });
        if (losesFirstAnswer && isNew) await loseAnswer(signal);
        return authorizationOf([entry]);
      }),
    lookUp: (call) =>
      answer(call, async () => {
        const entries = await ledger.entriesOf(call.orderId);
        const openSince = standingOf(entries) === 'OPEN' ? entries[0]?.at.getTime() : undefined;
        if (openSince === undefined || openSince + CHALLENGE_MS > clock().getTime()) {
          return authorizationOf(entries);
        }
        const { orderId, amount } = call;
        const key = idempotencyKeyOf(orderId, 'CHALLENGE');
        await ledger.post({ key, orderId, kind: 'CHALLENGE', amount, isApproved: null });
        return authorizationOf(await ledger.entriesOf(orderId));
      }),
    capture: (call) =>
      answer(call, async () => {
        const { entry } = await write('CAPTURE', call);
        return entry.outcome === 'DONE'
          ? { outcome: 'CAPTURED' }
          : { outcome: 'REFUSED', reason: entry.reason ?? 'The amount cannot be taken.' };
      }),
    void: (call) =>
      answer(call, async () => {
        const { entry } = await write('VOID', call);
        return { outcome: entry.outcome === 'DONE' ? 'RELEASED' : 'CAPTURED' };
      }),
    refund: (call) =>
      answer(call, async () => {
        const { entry } = await write('REFUND', call);
        return entry.outcome === 'DONE'
          ? { outcome: 'REFUNDED' }
          : { outcome: 'REFUSED', reason: entry.reason ?? 'The money cannot be given back.' };
      }),
  };
}

function authorizationOf(entries: readonly Movement[]): Authorization {
  const [held] = entries;
  const reference = `sandbox-${held?.orderId}`;
  switch (standingOf(entries)) {
    case 'HELD':
    case 'CAPTURED':
      return { outcome: 'APPROVED', reference };
    case 'OPEN':
      return { outcome: 'CHALLENGED', reference, url: challengeUrl(held?.challengeId ?? '') };
    case 'DECLINED':
      return { outcome: 'DECLINED', decline: declineOf(entries) };
    case 'GONE':
    case 'UNKNOWN':
      return { outcome: 'GONE', reason: 'The sandbox holds nothing for this order.' };
  }
}

const declineOf = (entries: readonly Movement[]): Decline => {
  const refusal = entries.find(({ outcome }) => outcome === 'REFUSED');
  return { code: refusal?.code ?? 'DECLINED', reason: refusal?.reason ?? 'The payment was declined.' };
};
