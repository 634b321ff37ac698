import type { CancelSignal } from '@souk/kit/lifecycle';
/** How many requests to one subgraph run at once. */
export interface ConcurrencyOptions {
  /** Most requests under way. @default 1000 */
  readonly limit?: number;
  /** Most requests that wait for their turn; more are refused at once. @default 1000 */
  readonly queue?: number;
}

/** Lets a bounded number of tasks run at once, in the order they came. */
export interface ConcurrencyLimit {
  readonly running: number;
  readonly waiting: number;
  /** Takes a place. True at once if there is one, a promise if it has to wait, false if the queue is full, too. */
  enter(signal: CancelSignal | undefined): boolean | Promise<boolean>;
  /** Gives the place back. */
  leave(): void;
}

/** @example const limit = createConcurrencyLimit({ limit: 100, queue: 50 }); */
export function createConcurrencyLimit(options: ConcurrencyOptions = {}): ConcurrencyLimit {
  const { limit = 1_000, queue = 1_000 } = options;
  /** In a Set, so that whoever gives up leaves from the middle at no cost. */
  const waiting = new Set<() => void>();
  let running = 0;

  const wait = (signal: CancelSignal | undefined): Promise<boolean> =>
    new Promise((resolve) => {
      const go = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        waiting.delete(go);
        resolve(false);
      };
      waiting.add(go);
      signal?.addEventListener('abort', giveUp, { once: true });
    });

  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting.size;
    },
    enter(signal) {
      if (running < limit) {
        running += 1;
        return true;
      }
      if (waiting.size >= queue || signal?.aborted) return false;
      return wait(signal);
    },
    leave() {
      const [next] = waiting;
      if (!next) {
        running -= 1;
        return;
      }
      // The place goes from hand to hand: `running` stays.
      waiting.delete(next);
      next();
    },
  };
}
