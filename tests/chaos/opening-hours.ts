import { setTimeout as delay } from 'node:timers/promises';

/** How long buyers stay beyond the faults at most, in milliseconds. */
const LONGEST_EXTRA_MS = 120_000;

/**
 * How long people go shopping: as long as there are faults, and then until enough has happened.
 *
 * @param options.isEnough asked again and again once the time is over @default it is
 * @param options.extraMs longest time beyond, in milliseconds @default 120_000
 * @returns a signal that is given at the end
 */
export function openingHours(options: {
  readonly ms: number;
  readonly isEnough?: () => boolean;
  readonly extraMs?: number;
}): AbortSignal {
  const { ms, isEnough = () => true, extraMs = LONGEST_EXTRA_MS } = options;
  const closing = new AbortController();
  const wait = async (): Promise<void> => {
    await delay(ms);
    const deadline = performance.now() + extraMs;
    while (!isEnough() && performance.now() < deadline) await delay(100);
    closing.abort();
  };
  void wait();
  return closing.signal;
}
