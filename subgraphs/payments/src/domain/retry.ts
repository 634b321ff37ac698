import type { Operation } from './intent.js';

/** How long a provider may take to answer; afterwards another replica may ask again, under the same key. In milliseconds. */
export const LEASE_MS = 30_000;

const FIRST_MS = 250;
const LONGEST_MS = 60_000;

/** How long a shopper who confirms with the bank is left alone before the provider is asked, in milliseconds. */
export const FIRST_LOOK_MS = 2_000;

/** The pause after an attempt without an answer, in milliseconds: it doubles up to a minute, and nothing is ever given up. */
export const retryAfterMs = ({
  operation,
  attempts,
}: {
  readonly operation: Operation | null;
  readonly attempts: number;
}): number =>
  Math.min(
    LONGEST_MS,
    (operation === 'LOOK_UP' ? FIRST_LOOK_MS : FIRST_MS) * 2 ** Math.min(attempts - 1, 16),
  );
