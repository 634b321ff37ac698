import { check } from './checker/check.js';
import type { Violation } from './checker/violation.js';
import type { Facts } from './facts/facts.js';

/** What a look at the shop at rest shows. */
export interface Findings {
  readonly facts: Facts;
  readonly violations: readonly Violation[];
}

/** What {@link comeToRest} needs. */
export interface RestOptions {
  /** Reads everything there is to know. It may fail as long as the shop is not whole again. */
  readonly collect: () => Promise<Facts>;
  /** The rule that is going to be broken, by a planted bug. @default none */
  readonly breaks: string | undefined;
  /** True once the shop has had all the time that it gets. */
  readonly isOver: () => boolean;
  /** Waits between two looks. */
  readonly pause: () => Promise<unknown>;
}

/**
 * Looks until nothing moves any more, and nothing is wrong or what was to be broken is; what is still wrong when the
 * time is over is.
 *
 * @throws Error why nothing can be read, if that is so when the time is over
 */
export async function comeToRest({ collect, breaks, isOver, pause }: RestOptions): Promise<Findings> {
  let before = -1;
  for (;;) {
    // A first look after a fault may come to a connection that is dead, or to a breaker that is still open.
    const facts = await collect().catch((error: unknown) => {
      if (isOver()) throw error;
      return undefined;
    });
    if (facts) {
      const violations = check(facts);
      const isQuiet = facts.events.length === before;
      const isAsExpected =
        breaks === undefined ? violations.length === 0 : violations.some(({ rule }) => rule === breaks);
      if ((isQuiet && isAsExpected) || isOver()) return { facts, violations };
      before = facts.events.length;
    }
    await pause();
  }
}
