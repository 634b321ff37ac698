import type { SqlExecutor } from '@souk/kit/postgres';
import type { ChainHead } from '../domain/audit-record.js';

/** Any constant will do, other than the kit's: advisory locks belong to one database. */
const APPEND_LOCK = 736_601;

/**
 * Lets one appender in at a time, over all replicas, until its transaction ends. A statement of its own, so that the
 * next one sees everything that was committed before.
 */
export const lockChain = async (sql: SqlExecutor): Promise<void> => {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [APPEND_LOCK]);
};

/** The end of the chain. */
export async function readHead(sql: SqlExecutor): Promise<ChainHead> {
  const [row] = await sql.query<{ number: number; hash: Buffer; recorded_at: Date }>(
    'SELECT number, hash, recorded_at FROM audit.head',
  );
  if (!row)
    throw new Error('audit.head is empty: the database was not migrated, or somebody deleted the row.');
  return { number: row.number, hash: row.hash, recordedAt: row.recorded_at.toISOString() };
}
