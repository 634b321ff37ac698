import type { Executor } from './executor.js';

/** Lets operations begin one after the other, so that those under way come first. */
export interface Admission {
  /** True if the operation may begin at once; else a promise for its turn. */
  enter(): true | Promise<void>;
}

/**
 * How long a turn of the event loop should be while operations wait, in milliseconds. Begin too many at once, and their
 * half-finished answers fill the heap; too few, and the loop's own work is done for each of them alone.
 */
const TURN_MS = 1;
/** Most operations that begin in one turn; one begins in any case. */
const MOST_A_TURN = 16;
/** How far one turn moves the number: a single long one (a garbage collection) says little. */
const GAIN = 0.2;

/**
 * Keeps memory, and with it the garbage collector's work, at what the operations need that can make progress:
 * answers of subgraphs that have arrived are handled in each turn before new operations begin. How many begin follows
 * from what they cost: many small ones, few large ones. Whoever is not busy has nobody wait.
 *
 * @param now milliseconds of any steady clock
 * @example const turn = admission.enter(); if (turn !== true) await turn;
 */
export function createAdmission(now: () => number = () => performance.now()): Admission {
  const waiting: (() => void)[] = [];
  let first = 0;
  let begun = 0;
  /** How many may begin in a turn: a fraction, so that it can move slowly. */
  let allowed = 2;
  let turnBegan = 0;

  const startTurn = (): void => {
    turnBegan = now();
    setImmediate(nextTurn);
  };

  const nextTurn = (): void => {
    // Of a turn in which all could begin, the length tells nothing.
    if (first < waiting.length) {
      const fitting = allowed * Math.min(2, Math.max(0.5, TURN_MS / (now() - turnBegan)));
      allowed = Math.min(MOST_A_TURN, Math.max(1, allowed + GAIN * (fitting - allowed)));
    }
    begun = 0;
    const most = Math.round(allowed);
    while (begun < most && first < waiting.length) {
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
    if (begun > 0) startTurn();
  };

  return {
    enter() {
      if (begun === 0) startTurn();
      if (begun < Math.round(allowed) && waiting.length === 0) {
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
