import { sleep } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { UsersDatabase } from './store/database.js';
import { deleteExpiredSessions } from './store/sessions.js';
import type { KeyRing } from './tokens/key-ring.js';

/** How often keys are looked at, in milliseconds: far more often than a key is published before it signs. */
const KEYS_EVERY_MS = 5 * 60_000;
const SESSIONS_EVERY_MS = 60 * 60_000;

/** Rotates the signing keys and forgets expired sessions, until stopped. */
export function startJanitor(deps: {
  database: UsersDatabase;
  keyRing: KeyRing;
  clock: () => Date;
  logger: Logger;
}): { stop(): Promise<void> } {
  const { database, keyRing, clock, logger } = deps;
  const stopping = new AbortController();

  const every = async (ms: number, what: string, work: () => Promise<void>): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(ms, stopping.signal);
      if (stopping.signal.aborted) return;
      await work().catch((error: unknown) =>
        logger.warn({ err: error }, `${what} failed, trying again later`),
      );
    }
  };
  const running = Promise.all([
    every(KEYS_EVERY_MS, 'looking after the signing keys', () => keyRing.refresh()),
    every(SESSIONS_EVERY_MS, 'forgetting expired sessions', () => deleteExpiredSessions(database, clock())),
  ]);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
