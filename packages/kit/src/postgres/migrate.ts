import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { Logger } from '../log/logger.js';
import { ensureDatabase } from './ensure-database.js';

/** The key Prisma's own engine locks with, so that it and this runner exclude each other. */
const MIGRATION_LOCK = 72_707_369;
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** What {@link migrate} needs. */
export interface MigrateOptions {
  readonly url: string;
  /** A Prisma migrations folder: `<timestamp>_<name>/migration.sql`. */
  readonly directory: string;
  readonly logger: Logger;
}

/** What {@link migrate} did. */
export interface MigrateResult {
  readonly applied: readonly string[];
  /** Applied earlier, and the file has changed since: a warning, as with `prisma migrate deploy`. */
  readonly edited: readonly string[];
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}
interface HistoryRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/**
 * Does what `prisma migrate deploy` does, without Prisma's engine: same table, checksums, lock and failure rules, so
 * that either may be used on the same database. Creates the database if it is missing.
 *
 * @throws Error P3005 for a database with tables but no history, P3009 after an earlier failure, P3018 when a
 * migration fails now
 * @example await migrate({ url, directory: fileURLToPath(new URL('../prisma/migrations', import.meta.url)), logger });
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const { url, directory, logger } = options;
  const migrations = await readMigrations(directory);
  await ensureDatabase(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // the query in progress rejects; without a listener the process would end
  await client.connect();
  try {
    // A session lock: PostgreSQL frees it even if this process dies.
    await client.query(`SET lock_timeout = '60s'`);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('RESET lock_timeout');
    const history = await readHistory(client);
    const edited = migrations.filter(({ name, checksum }) => (history.get(name) ?? checksum) !== checksum);
    if (edited.length > 0) {
      logger.warn(
        { migrations: edited.map(({ name }) => name) },
        'migrations were edited after they had been applied',
      );
    }
    const pending = migrations.filter(({ name }) => !history.has(name));
    for (const migration of pending) await apply(client, migration);
    if (pending.length > 0)
      logger.info({ migrations: pending.map(({ name }) => name) }, 'migrations applied');
    return { applied: pending.map(({ name }) => name), edited: edited.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Checksums of the applied migrations by name. */
async function readHistory(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows: known } = await client.query<{ known: boolean; tables: boolean }>(`
    SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS known,
           EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema()) AS tables`);
  if (!known[0]?.known && known[0]?.tables) {
    throw new Error(
      'P3005: the database has tables but no migration history. Point the URL at an empty database, or baseline this one with "prisma migrate resolve --applied".',
    );
  }
  await client.query(HISTORY_TABLE);
  const { rows } = await client.query<HistoryRow>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  const failed = rows.filter((row) => !row.finished_at).map((row) => row.migration_name);
  if (failed.length > 0) {
    throw new Error(
      `P3009: an earlier run of ${failed.join(', ')} failed. Read "logs" in _prisma_migrations, repair, and mark it with "prisma migrate resolve".`,
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    // One message is one implicit transaction; a lone CREATE INDEX CONCURRENTLY still works.
    await client.query(sql);
  } catch (cause) {
    // The migration may have begun a transaction of its own.
    await client.query('ROLLBACK').catch(() => {});
    await client.query('UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1', [id, String(cause)]);
    throw new Error(
      `P3018: the migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
  await client.query(
    'UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = applied_steps_count + 1 WHERE id = $1',
    [id],
  );
}
