import { withDeadline } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { createCircuitBreaker } from '../plugins/resilience/circuit-breaker.js';

/** Asks a store over a network that may fail, so that requests never wait for it for long. */
export interface StoreGuard {
  /** @throws Error if the store failed, was too slow, or has lately been away: then at once. */
  ask<Answer>(question: () => Answer | Promise<Answer>): Promise<Answer>;
}

export interface StoreGuardOptions {
  /** What it is needed for, for the log: `rate limits`. */
  readonly purpose: string;
  readonly logger: Logger;
  /** Longest wait for an answer, in milliseconds. @default 100 */
  readonly timeoutMs?: number;
  /** How long nobody asks a store that failed, in milliseconds. @default 1000 */
  readonly pauseMs?: number;
}

/** So many failures, if there is no more success in ten seconds, are no accident. */
const FEW_FAILURES = 3;

/**
 * Gives up soon, and after a few failures leaves the store alone for a moment: then one question finds out whether it
 * is back.
 *
 * @example const guard = guardStore({ purpose: 'rate limits', logger }); await guard.ask(() => kv.get('key'));
 */
export function guardStore({
  purpose,
  logger,
  timeoutMs = 100,
  pauseMs = 1_000,
}: StoreGuardOptions): StoreGuard {
  const breaker = createCircuitBreaker({ minimumRequests: FEW_FAILURES, openMs: pauseMs });
  let isAway = false;
  const record = (succeeded: boolean, error?: unknown): void => {
    breaker.record(succeeded, performance.now());
    const wasAway = isAway;
    isAway = breaker.state(performance.now()) !== 'closed';
    if (isAway && !wasAway) logger.warn({ err: error, purpose }, 'the shared store is away');
    if (wasAway && !isAway) logger.info({ purpose }, 'the shared store is back');
  };
  return {
    async ask(question) {
      if (!breaker.admit(performance.now())) throw AWAY;
      try {
        const answer = await withDeadline(Promise.resolve(question()), timeoutMs, 'The shared store');
        record(true);
        return answer;
      } catch (error) {
        record(false, error);
        throw error;
      }
    },
  };
}

/** One for all: it is thrown for each request while the store is away. */
const AWAY = new Error('The shared store has lately been away.');
