import type { Logger } from '@souk/kit/log';
import { ClearError } from '../clear-error.js';
import type { DatabaseServer } from './database-server.js';
import { reasonOf } from './reason-of.js';

/**
 * The PostgreSQL server that was given, or an embedded one that keeps its data in the data folder.
 *
 * @throws ClearError if the given one does not let us in
 */
export async function openPostgres(options: {
  readonly given: string | undefined;
  readonly dataDir: string;
  readonly logger: Logger;
}): Promise<DatabaseServer> {
  const { given, dataDir, logger } = options;
  if (given !== undefined) return { url: given, stop: async () => {} };
  const { startEmbeddedPostgres } = await import('@souk/embedded/postgres');
  return startEmbeddedPostgres({ dataDir: `${dataDir}/postgres`, logger, durability: 'full' });
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
