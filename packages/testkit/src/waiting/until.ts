import { setTimeout as delay } from 'node:timers/promises';

/**
 * Looks every few milliseconds until it holds, for as long as the test may take.
 *
 * @throws what the look throws
 * @example await until(() => shop.openStreams === 0);
 */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}
