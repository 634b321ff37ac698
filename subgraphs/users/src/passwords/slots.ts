import { AppError } from '@souk/kit/errors';

/** Lets a few pieces of work run at a time and the others wait in line. */
export type RunInSlot = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * @param options.size how many run at once
 * @param options.maxWaiting how many may wait; beyond it work is refused at once instead of timing out in line
 * @example const run = createSlots({ size: 2, maxWaiting: 500 }); await run(() => hash(password));
 */
export function createSlots(options: { size: number; maxWaiting: number }): RunInSlot {
  const waiting: (() => void)[] = [];
  let free = options.size;

  const enter = (): Promise<void> | void => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (waiting.length >= options.maxWaiting) {
      throw new AppError(
        'UNAVAILABLE',
        'Too many people are signing in at once. Try again in a few seconds.',
      );
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    // The slot goes to the next in line without becoming free in between.
    if (next) next();
    else free += 1;
  };

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
