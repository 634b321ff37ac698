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

  constructor(at: number) {
    this.at = at;
  }
}

/**
 * One timer for all, which stands still while nothing runs: a timer for each operation would cost more than all the
 * rest of this feature. A deadline passes up to a twentieth of its length late, at most 250 ms.
 *
 * @param ms length of each
 */
export function createRunningDeadlines(ms: number): RunningDeadlines {
  /** In the order in which they began. */
  const running = new Set<RunningDeadline>();
  let timer: NodeJS.Timeout | undefined;

  const sweep = (): void => {
    const now = performance.now();
    for (const deadline of running) {
      if (deadline.at > now) break;
      running.delete(deadline);
      deadline.hasPassed = true;
      deadline.signal.abort();
    }
    if (running.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    begin() {
      const deadline = new RunningDeadline(performance.now() + ms);
      running.add(deadline);
      timer ??= setInterval(sweep, Math.min(Math.max(ms / 20, 5), 250)).unref();
      return deadline;
    },
    // Only those that began here are in it.
    end: (deadline) => void running.delete(deadline),
    get size() {
      return running.size;
    },
  };
}
