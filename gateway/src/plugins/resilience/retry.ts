/** How often a question is asked again. Only queries are: a mutation may have been carried out. */
export interface RetryOptions {
  /** Most repetitions of one fetch. @default 2 */
  readonly attempts?: number;
  /** Longest pause before the first repetition, in milliseconds; it doubles each time. @default 50 */
  readonly delayMs?: number;
  /**
   * Repetitions allowed for each first attempt, on average: a subgraph that is overloaded must not get several times
   * the load because of it. @default 0.2
   */
  readonly budget?: number;
}

/** Decides whether to ask again, and when. */
export interface RetryPolicy {
  /** A first attempt was made: it earns a part of a repetition. */
  earn(): void;
  /** The pause before the next attempt, in milliseconds; undefined: do not ask again. */
  next(attempt: number): number | undefined;
}

/** Repetitions that may be saved up, for a burst after a quiet time. */
const SAVINGS = 20;

/**
 * Full jitter: the pause is anything between nothing and its bound, so that those who failed together do not come
 * back together.
 *
 * @param random from 0 to 1
 */
export function createRetryPolicy(
  options: RetryOptions = {},
  random: () => number = Math.random,
): RetryPolicy {
  const { attempts = 2, delayMs = 50, budget = 0.2 } = options;
  let saved = SAVINGS;
  return {
    earn() {
      saved = Math.min(SAVINGS, saved + budget);
    },
    next(attempt) {
      if (attempt > attempts || saved < 1) return undefined;
      saved -= 1;
      return random() * delayMs * 2 ** (attempt - 1);
    },
  };
}
