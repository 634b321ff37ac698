import { Cancellation } from '@souk/kit/lifecycle';
import type { Deadline } from '../../operation/deadline.js';

/** The deadlines of all operations under way. All have the same length, so the oldest passes first. */
export interface RunningDeadlines {
  begin(): Deadline;
  /** The operation has its answer. */
  end(deadline: Deadline): void;
  /** How many operations are under way. */
  readonly size: number;
}

class RunningDeadline implements Deadline {
  readonly at: number;
  readonly signal = new Cancellation();
  hasPassed = false;
  /** Neighbours in the order in which they began; unset for one that has ended, so that nobody is kept alive by it. */
  before: RunningDeadline | undefined;
  after: RunningDeadline | undefined;

  constructor(at: number) {
    this.at = at;
  }
}

/**
 * One timer for all, which stands still while nothing runs: a timer for each operation would cost more than all the
 * rest of this feature. A deadline passes up to a twentieth of its length late, at most 250 ms. They are linked to each
 * other, not put into a set: one that fills and empties all the time keeps alive what it held, until a full garbage
 * collection.
 *
 * @param ms length of each
 */
export function createRunningDeadlines(ms: number): RunningDeadlines {
  let oldest: RunningDeadline | undefined;
  let newest: RunningDeadline | undefined;
  let size = 0;
  let timer: NodeJS.Timeout | undefined;

  const remove = (deadline: RunningDeadline): void => {
    const { before, after } = deadline;
    // It has passed, or ended before.
    if (!before && oldest !== deadline) return;
    if (before) before.after = after;
    else oldest = after;
    if (after) after.before = before;
    else newest = before;
    deadline.before = undefined;
    deadline.after = undefined;
    size -= 1;
  };

  const sweep = (): void => {
    const now = performance.now();
    for (let deadline = oldest; deadline && deadline.at <= now; deadline = oldest) {
      remove(deadline);
      deadline.hasPassed = true;
      deadline.signal.abort();
    }
    if (size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    begin() {
      const deadline = new RunningDeadline(performance.now() + ms);
      deadline.before = newest;
      if (newest) newest.after = deadline;
      else oldest = deadline;
      newest = deadline;
      size += 1;
      timer ??= setInterval(sweep, Math.min(Math.max(ms / 20, 5), 250)).unref();
      return deadline;
    },
    // Every deadline was begun here.
    end: (deadline) => remove(deadline as RunningDeadline),
    get size() {
      return size;
    },
  };
}
