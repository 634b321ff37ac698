import type { SqlExecutor } from '@souk/kit/postgres';
import type { AuditRecord } from '../domain/audit-record.js';
import { RECORD_COLUMNS, type RecordRow, toRecord } from './record-row.js';

/** Most events of one order that are read: far more than any has. */
const MOST = 1_000;
/** How many of the nearest changes are looked at: clocks of two writers may differ, versions tell which is the nearest. */
const NEAREST = 50;

/** Everything that happened to an order up to an instant, that included, whoever told of it. */
export async function eventsOfOrder(sql: SqlExecutor, orderId: string, at: Date): Promise<AuditRecord[]> {
  const rows = await sql.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM audit.records WHERE payload ->> 'orderId' = $1 AND occurred_at <= $2
     ORDER BY occurred_at, number LIMIT $3`,
    [orderId, at, MOST],
  );
  return rows.map(toRecord);
}

/** The last that inventory had told of a variant's units by an instant; undefined if it had told nothing. */
export const lastStockChange = (
  sql: SqlExecutor,
  variantId: string,
  at: Date,
): Promise<AuditRecord | undefined> =>
  nearestStockChange(sql, variantId, at, { compare: '<=', order: 'DESC' });

/** The first that inventory told of a variant's units after an instant; undefined if it has told nothing since. */
export const firstStockChangeAfter = (
  sql: SqlExecutor,
  variantId: string,
  at: Date,
): Promise<AuditRecord | undefined> => nearestStockChange(sql, variantId, at, { compare: '>', order: 'ASC' });

/** Clocks of writers differ: among those that are nearest by time, versions decide. */
async function nearestStockChange(
  sql: SqlExecutor,
  variantId: string,
  at: Date,
  { compare, order }: { readonly compare: '<=' | '>'; readonly order: 'ASC' | 'DESC' },
): Promise<AuditRecord | undefined> {
  const rows = await sql.query<RecordRow>(
    `SELECT * FROM (
       SELECT ${RECORD_COLUMNS} FROM audit.records
       WHERE aggregate_id = $1 AND type = 'stock.changed' AND source = 'inventory' AND occurred_at ${compare} $2
       ORDER BY occurred_at ${order}, number ${order} LIMIT $3) AS nearest
     ORDER BY version ${order}, number LIMIT 1`,
    [variantId, at, NEAREST],
  );
  return rows.map(toRecord)[0];
}
