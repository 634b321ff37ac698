import type { SqlExecutor } from '@souk/kit/postgres';
import type { AuditRecord } from '../domain/audit-record.js';
import { RECORD_COLUMNS, type RecordRow, toRecord } from './record-row.js';

/** Records of one step: a bound for memory, whatever the size of the store. */
const PORTION = 1_000;

/**
 * The chain after `after` in portions, in order, to its end or to `upTo`.
 *
 * @example for await (const records of chainAfter(sql, 0)) check(records);
 */
export async function* chainAfter(
  sql: SqlExecutor,
  after: number,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<readonly AuditRecord[], void, undefined> {
  for (let position = after; ;) {
    const rows = await sql.query<RecordRow>(
      `SELECT ${RECORD_COLUMNS} FROM audit.records WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3`,
      [position, upTo, PORTION],
    );
    if (rows.length > 0) yield rows.map(toRecord);
    if (rows.length < PORTION) return;
    position = rows.at(-1)?.number ?? position;
  }
}

/** The stored hash of a record; undefined if there is no such record. */
export async function hashAt(sql: SqlExecutor, number: number): Promise<Buffer | undefined> {
  const [row] = await sql.query<{ hash: Buffer }>('SELECT hash FROM audit.records WHERE number = $1', [
    number,
  ]);
  return row?.hash;
}
