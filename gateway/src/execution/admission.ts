import type { Executor } from './executor.js';

/** Lets operations begin one after the other, so that those under way come first. */
export interface Admission {
  /** True if the operation may begin at once; else a promise for its turn. */
  enter(): true | Promise<void>;
}

/**
 * How many operations begin in one turn of the event loop. Few: a gateway that is busy then finishes what it began
 * before it begins more, instead of holding the half-finished answers of everybody who asks. When it is not busy, its
 * turns are so short that nobody waits.
 */
const A_TURN = 2;

/**
 * Keeps memory, and with it the garbage collector's work, at what the operations need that can make progress:
 * answers of subgraphs that have arrived are handled in each turn before new operations begin.
 *
 * @example const turn = admission.enter(); if (turn !== true) await turn;
 */
export function createAdmission(): Admission {
  const waiting: (() => void)[] = [];
  let first = 0;
  let begun = 0;

  const nextTurn = (): void => {
    begun = 0;
    while (begun < A_TURN && first < waiting.length) {
      waiting[first]?.();
      first += 1;
      begun += 1;
    }
    if (first === waiting.length) {
      waiting.length = 0;
      first = 0;
    } else if (first > 1_000) {
      waiting.splice(0, first);
      first = 0;
    }
    if (begun > 0) setImmediate(nextTurn);
  };

  return {
    enter() {
      if (begun === 0) setImmediate(nextTurn);
      if (begun < A_TURN && waiting.length === 0) {
        begun += 1;
        return true;
      }
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

/**
 * An executor that begins operations in their turn. What runs already goes on at once: events of subscriptions, and
 * whoever joins an execution under way, which is why sharing stands around this.
 */
export function inTheirTurn(executor: Executor): Executor {
  const admission = createAdmission();
  return {
    execute(request) {
      const turn = request.event ? true : admission.enter();
      return turn === true ? executor.execute(request) : turn.then(() => executor.execute(request));
    },
  };
}
