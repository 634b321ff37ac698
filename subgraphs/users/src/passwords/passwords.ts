import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { type Options, hash, verify } from '@node-rs/argon2';
import { normalPassword } from '../domain/password.js';
import { createSlots } from './slots.js';

/**
 * Argon2id (the library's default algorithm) with the parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two
 * passes, one lane; a 16-byte salt of its own for each password. About 15 ms of one core.
 */
export const ARGON2_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options;

/** Hashes and checks passwords off the main thread, a few at a time. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /**
   * Checks a password in its turn.
   *
   * @param stored undefined takes as long as a wrong password does, and is false
   * @param beforehand runs when it is this password's turn; false skips the check. Attempts that wait in line while
   * others fail are so counted before they get an answer.
   */
  verify(
    password: string,
    stored: string | undefined,
    beforehand?: () => Promise<boolean>,
  ): Promise<boolean | 'skipped'>;
}

/**
 * @param options.concurrency how many passwords are hashed at once @default one less than there are cores, at most 3:
 * a core stays free for the event loop, and a thread of libuv's four for everything else that needs one
 */
export function createPasswords(options: { concurrency?: number } = {}): Passwords {
  const size = options.concurrency ?? Math.min(3, Math.max(1, availableParallelism() - 1));
  const inSlot = createSlots({ size, maxWaiting: 500 });
  // Nobody knows its password. Made with the same options, so checking against it takes the same time.
  const decoy = hash(randomBytes(32), ARGON2_OPTIONS);
  return {
    hash: (password) => inSlot(() => hash(normalPassword(password), ARGON2_OPTIONS)),
    verify: (password, stored, beforehand) =>
      inSlot(async () => {
        if (beforehand && !(await beforehand())) return 'skipped';
        const matches = await verify(stored ?? (await decoy), normalPassword(password));
        return matches && stored !== undefined;
      }),
  };
}
