import { createHash } from 'node:crypto';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { ACCOUNT_RULE, ADDRESS_RULE, type ThrottleRule, isThrottled, windowAt } from '../domain/throttle.js';

/** Whose failures are counted. */
export interface Attempt {
  /** Canonical; absent where no account is at stake. */
  readonly email?: string | undefined;
  /** The client's network address, if known. */
  readonly clientAddress?: string | undefined;
}

/** Counts failed attempts of accounts and of network addresses, across replicas if the Kv is shared. */
export interface FailureThrottle {
  /** When the attempt may be made, if not now. */
  blockedUntil(attempt: Attempt): Promise<Date | undefined>;
  failed(attempt: Attempt): Promise<void>;
  /** Forgets the account's failures; the address keeps its own, or one good account would clear it for guessing. */
  succeeded(attempt: Attempt): Promise<void>;
}

interface Counter {
  readonly rule: ThrottleRule;
  readonly key: string;
  readonly endsAt: Date;
}

/**
 * If the Kv is away, attempts are let pass and it is logged: the cost of a hash still slows guessing, and people can
 * sign in.
 */
export function createFailureThrottle(deps: { kv: Kv; clock: () => Date; logger: Logger }): FailureThrottle {
  const { kv, clock, logger } = deps;

  const counter = (kind: 'account' | 'address', rule: ThrottleRule, who: string): Counter => {
    const { number, endsAt } = windowAt(rule, clock());
    // Hashed, because e-mail and network addresses do not belong into a cache in plain text.
    const id = createHash('sha256').update(who).digest('base64url');
    return { rule, key: `users:failures:${kind}:${id}:${number}`, endsAt };
  };
  const accountOf = ({ email }: Attempt): Counter[] =>
    email === undefined ? [] : [counter('account', ACCOUNT_RULE, email)];
  const addressOf = ({ clientAddress }: Attempt): Counter[] =>
    clientAddress === undefined ? [] : [counter('address', ADDRESS_RULE, clientAddress)];
  const orElse = async <T>(work: Promise<T>, fallback: T): Promise<T> =>
    work.catch((error: unknown) => {
      logger.warn({ err: error }, 'sign-in throttle is not working, attempts pass uncounted');
      return fallback;
    });

  return {
    async blockedUntil(attempt) {
      const counters = [...accountOf(attempt), ...addressOf(attempt)];
      const counts = await orElse(Promise.all(counters.map(({ key }) => kv.get(key))), []);
      const blocking = counters.filter(({ rule }, index) => isThrottled(rule, Number(counts[index] ?? 0)));
      const latest = Math.max(...blocking.map(({ endsAt }) => endsAt.getTime()));
      return blocking.length === 0 ? undefined : new Date(latest);
    },
    async failed(attempt) {
      const counters = [...accountOf(attempt), ...addressOf(attempt)];
      const counted = counters.map(({ key, rule }) => kv.increment(key, { ttlMs: rule.windowMs }));
      await orElse(Promise.all(counted), []);
    },
    async succeeded(attempt) {
      await orElse(Promise.all(accountOf(attempt).map(({ key }) => kv.delete(key))), []);
    },
  };
}
