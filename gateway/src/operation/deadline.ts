import type { Cancellation } from '@souk/kit/lifecycle';
import { AppError } from '@souk/kit/errors';

/** Until when the client of an operation is kept waiting. */
export interface Deadline {
  /** In milliseconds of `performance.now()`. */
  readonly at: number;
  readonly hasPassed: boolean;
  /** Ends what is still asked of subgraphs: when the deadline passes, or when the client of a query leaves. */
  readonly signal: Cancellation;
}

/** What a fetch fails with that the deadline has cut off. */
export const outOfTime = (subgraph: string): AppError =>
  new AppError(
    'TIMEOUT',
    `The time for this operation was over before the ${subgraph} subgraph answered. Try again, or ask for less.`,
  );
