import path from 'node:path';
import type { Logger } from '@souk/kit/log';
import { ClearError } from '../clear-error.js';
import type { DatabaseServer } from './database-server.js';
import { reasonOf } from './reason-of.js';

/** Starts the embedded PostgreSQL server; its data lies in the data folder. */
export async function startPostgres(options: {
  readonly dataDir: string;
  readonly logger: Logger;
}): Promise<DatabaseServer> {
  const { startEmbeddedPostgres } = await import('@souk/embedded/postgres');
  const dataDir = path.join(options.dataDir, 'postgres');
  return startEmbeddedPostgres({ dataDir, logger: options.logger, durability: 'full' });
}

/** @throws ClearError that says why the server of `DATABASE_URL` does not let us in */
export async function checkPostgres(url: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: withDatabase(url), connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url);
    throw new ClearError(
      `DATABASE_URL: no PostgreSQL server lets us in at ${host} (${reasonOf(error)}). ` +
        'Start it or correct the URL, or unset DATABASE_URL to use the embedded server.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** A base URL often names no database; the one that every server has is then looked into. */
function withDatabase(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname === '' || parsed.pathname === '/') parsed.pathname = '/postgres';
  return parsed.href;
}
