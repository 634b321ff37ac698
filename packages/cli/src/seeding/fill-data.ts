import { fileURLToPath } from 'node:url';
import type { Servers } from '../databases/start-databases.js';
import type { Ground } from '../launch/start-shop.js';
import { startChild } from '../split/child.js';

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));

/**
 * Migrates everything and fills in missing demo data, in a process of its own: making the data takes more memory than
 * serving it, and a process that ends gives all of it back.
 *
 * @throws Error with the last words of that process if it fails, the signal's reason if the start is given up
 */
export async function fillData(ground: Ground, servers: Servers): Promise<void> {
  const { config, secret, steps, signal } = ground;
  signal.throwIfAborted();
  const env = {
    DATABASE_URL: servers.postgres,
    MONGODB_URL: servers.mongo,
    SOUK_INTERNAL_SECRET: secret,
    SOUK_PRODUCTS: String(config.SOUK_PRODUCTS),
    SOUK_SEED: String(config.SOUK_SEED),
    LOG_LEVEL: config.LOG_LEVEL,
  };
  const child = startChild({ file: PROGRAM, args: ['seed', '--missing'], env }, steps.say);
  const giveUp = (): void => void child.stop();
  signal.addEventListener('abort', giveUp);
  const end = await child.ended;
  signal.removeEventListener('abort', giveUp);
  signal.throwIfAborted();
  if (end === 'exit code 0') return;
  throw new Error(`The databases could not be filled (${end}).\n${child.lastWords()}`);
}
