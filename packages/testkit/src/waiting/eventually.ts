import { setTimeout as delay } from 'node:timers/promises';

/** Longest wait, in milliseconds: time enough for a machine that does ten other things. */
const PATIENCE_MS = 60_000;

/**
 * Looks again and again until what it sees is as it should be, for what happens in the background.
 *
 * @returns what it saw
 * @throws Error with what was seen last, after a minute
 * @example const order = await eventually(() => read(id), ({ status }) => status === 'PAID');
 */
export async function eventually<Seen>(
  look: () => Promise<Seen> | Seen,
  holds: (seen: Seen) => boolean,
): Promise<Seen> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`Waited in vain; last seen: ${JSON.stringify(seen)}`);
    await delay(25);
  }
}
