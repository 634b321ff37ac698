/** In milliseconds. */
const [FIRST_WAIT, LONGEST_WAIT] = [500, 15_000];

/**
 * Doubles from half a second to fifteen, give or take a quarter so that clients of a restarted server do not
 * come back all at once.
 *
 * @param chance 0 to 1
 * @returns milliseconds
 */
export function backoff(retries: number, chance: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** retries) * (0.75 + chance / 2);
}
