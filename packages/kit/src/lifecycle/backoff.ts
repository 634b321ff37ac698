/** How long to wait between attempts, in milliseconds. */
export interface BackoffOptions {
  /** @default 50 */
  readonly minMs?: number;
  /** @default 10_000 */
  readonly maxMs?: number;
  /** A source of numbers in [0, 1). @default Math.random */
  readonly random?: () => number;
}

/**
 * The pause before attempt `attempt + 1`: doubles from `minMs` to `maxMs`, and a random half of it is left out, so
 * that those who failed together do not come back together.
 *
 * @param attempt how many attempts have failed, from 1
 * @returns milliseconds
 * @example await sleep(backoff(failures), signal);
 */
export function backoff(attempt: number, options: BackoffOptions = {}): number {
  const { minMs = 50, maxMs = 10_000, random = Math.random } = options;
  const ceiling = Math.min(maxMs, minMs * 2 ** Math.min(attempt - 1, 30));
  return ceiling / 2 + (ceiling / 2) * random();
}

/**
 * Whether a repeated failure is worth another log line: the 1st, 2nd, 4th, 8th ... so that an outage of an hour
 * does not drown everything else.
 *
 * @param failures how many in a row, from 1
 */
export const worthTelling = (failures: number): boolean => (failures & (failures - 1)) === 0;
