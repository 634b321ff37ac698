import { setTimeout as delay } from 'node:timers/promises';

/** How long a server may take to start, and the pause before it is tried again, in milliseconds. */
const START_MS = 60_000;
const AGAIN_MS = 1_000;
const ATTEMPTS = 5;

/**
 * Starts a server that was killed, and once more if it does not come up: its port, or a name in somebody's register, may
 * be thought taken for a moment. That is no failure of the shop.
 *
 * @param restart kills what runs, and starts it; resolves when it is ready
 * @param options.startMs how long that may take, in milliseconds @default 60_000
 * @throws Error of the last attempt
 */
export async function bringBack(
  restart: () => Promise<void>,
  { startMs = START_MS, againMs = AGAIN_MS } = {},
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const timer = new AbortController();
    const tooLong = delay(startMs, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`The server was not ready within ${startMs} ms.`);
    });
    // Whichever comes second is heard by nobody.
    tooLong.catch(() => {});
    const starting = restart();
    starting.catch(() => {});
    try {
      return await Promise.race([starting, tooLong]);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await delay(againMs);
    } finally {
      timer.abort();
    }
  }
}
