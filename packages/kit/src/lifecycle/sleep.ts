import type { CancelSignal } from './cancellation.js';

/**
 * Waits, or returns early when the signal is aborted. Never rejects: the caller looks at the signal.
 *
 * @example await sleep(500, stopping.signal);
 */
export function sleep(ms: number, signal?: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
