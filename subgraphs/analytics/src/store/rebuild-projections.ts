import type { Logger } from '@souk/kit/log';
import { type SqlExecutor, pgExecutor } from '@souk/kit/postgres';
import { lockChain } from './chain-head.js';
import type { AnalyticsDatabase } from './database.js';
import { project } from './project.js';
import { noteVersion } from './projection-version.js';
import { chainAfter } from './read-records.js';

/** What a rebuild did. */
export interface Rebuild {
  /** Events that were replayed. */
  readonly events: number;
  /** Rows that the replay made otherwise than they had been: none, unless something was wrong before. */
  readonly differences: number;
}

/** Another rebuild is running. */
export class RebuildRunningError extends Error {
  constructor() {
    super('The reports are being made again already. Wait until that has ended.');
    this.name = 'RebuildRunningError';
  }
}

/** One rebuild at a time; events go on being appended meanwhile. */
const REBUILD_LOCK = 736_602;
const TABLES = ['orders', 'daily_totals'] as const;

/**
 * Makes the projections again from the whole event store, beside those that are read, compares, and swaps the two:
 * readers see the old ones until the new ones are complete.
 *
 * @param options.swap false only compares, and leaves everything as it is @default true
 * @throws RebuildRunningError
 */
export async function rebuildProjections(
  database: AnalyticsDatabase,
  { logger, swap = true }: { readonly logger: Logger; readonly swap?: boolean },
): Promise<Rebuild> {
  return exclusively(database, async () => {
    let differences = 0;
    const events = await replay(database, async (sql) => {
      differences = await countDifferences(sql);
      await (swap ? swapIn(sql) : dropNext(sql));
    });
    if (differences > 0) logger.warn({ events, differences }, 'the replay made other projections');
    return { events, differences };
  });
}

/**
 * The same without a comparison: for projections that other code made, perhaps with other tables.
 *
 * @returns how many events were replayed
 * @throws RebuildRunningError
 */
export const renewProjections = (database: AnalyticsDatabase): Promise<number> =>
  exclusively(database, () => replay(database, swapIn));

/** Holds the lock on a connection of its own: it lasts over all transactions of a rebuild. */
async function exclusively<T>({ pool }: AnalyticsDatabase, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const sql = pgExecutor(client);
  let broken: Error | undefined;
  try {
    const [row] = await sql.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      REBUILD_LOCK,
    ]);
    if (row?.locked !== true) throw new RebuildRunningError();
    try {
      return await work();
    } finally {
      // Awaited, so that whoever hears of the end can begin at once; a connection that is lost has lost its lock, too.
      await sql
        .query('SELECT pg_advisory_unlock($1)', [REBUILD_LOCK])
        .catch((cause: Error) => (broken = cause));
    }
  } finally {
    client.release(broken);
  }
}

/** @param finish what is to become of the complete `projections_next`, while nobody can append */
async function replay(
  { pool, transaction }: AnalyticsDatabase,
  finish: (sql: SqlExecutor) => Promise<void>,
): Promise<number> {
  await transaction(async (sql) => {
    await sql.query('DROP SCHEMA IF EXISTS projections_next CASCADE');
    await sql.query("SELECT audit.create_projections('projections_next')");
    await noteVersion(sql, 'projections_next');
  });
  let replayed = 0;
  for await (const records of chainAfter(pgExecutor(pool), 0)) {
    await transaction((sql) => project(sql, 'projections_next', records));
    replayed = records.at(-1)?.number ?? replayed;
  }
  // What was appended meanwhile is little; with the chain locked it is the rest.
  return transaction(async (sql) => {
    await lockChain(sql);
    for await (const records of chainAfter(sql, replayed)) {
      await project(sql, 'projections_next', records);
      replayed = records.at(-1)?.number ?? replayed;
    }
    await finish(sql);
    return replayed;
  });
}

async function swapIn(sql: SqlExecutor): Promise<void> {
  await sql.query('DROP SCHEMA projections CASCADE');
  await sql.query('ALTER SCHEMA projections_next RENAME TO projections');
}

const dropNext = async (sql: SqlExecutor): Promise<void> => {
  await sql.query('DROP SCHEMA projections_next CASCADE');
};

/** Rows that are in one of the two only. */
async function countDifferences(sql: SqlExecutor): Promise<number> {
  let count = 0;
  for (const table of TABLES) {
    const [row] = await sql.query<{ count: number }>(
      `SELECT count(*) AS count FROM (
         (TABLE projections.${table} EXCEPT TABLE projections_next.${table})
         UNION ALL (TABLE projections_next.${table} EXCEPT TABLE projections.${table})) AS other`,
    );
    count += row?.count ?? 0;
  }
  return count;
}
