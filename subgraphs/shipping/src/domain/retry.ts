/** How long a carrier may take to answer; afterwards another replica may ask again, under the same key. In milliseconds. */
export const LEASE_MS = 30_000;

const FIRST_MS = 250;
const LONGEST_MS = 60_000;

/** The pause after a failed attempt, in milliseconds: it doubles up to a minute, and nothing is ever given up. */
export const retryAfterMs = (attempts: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 16));
