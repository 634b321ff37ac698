import { type Pool, type SqlExecutor, pgExecutor } from '@souk/kit/postgres';
import { LEASE_MS, retryAfterMs } from '../domain/retry.js';
import type { Intent } from '../domain/intent.js';
import { INTENT_COLUMNS, type IntentRow, toIntent } from './intent-row.js';

/** A payment that this process asks the provider about. */
export interface ClaimedIntent {
  readonly orderId: string;
  readonly intent: Intent;
}

/**
 * Takes payments for which the provider is to be asked, for 30 seconds: if the process dies meanwhile, another one
 * takes them again. The attempt is counted before it is made.
 */
export async function claimDue(pool: Pool, now: Date, limit: number): Promise<ClaimedIntent[]> {
  const rows = await pgExecutor(pool).query<IntentRow>(
    `UPDATE intents SET due_at = $2, attempts = attempts + 1 WHERE order_id IN (
       SELECT order_id FROM intents WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING ${INTENT_COLUMNS}`,
    [now, new Date(now.getTime() + LEASE_MS), limit],
  );
  return rows.map((row) => ({ orderId: row.order_id, intent: toIntent(row) }));
}

/** Puts attempts that failed off, each by its own pause. */
export async function putOff(sql: SqlExecutor, failed: readonly ClaimedIntent[], now: Date): Promise<void> {
  if (failed.length === 0) return;
  const rows = failed.map(({ orderId, intent }) => ({
    order_id: orderId,
    due_at: new Date(now.getTime() + retryAfterMs(intent.attempts)),
  }));
  await sql.query(
    `UPDATE intents SET due_at = x.due_at
     FROM jsonb_to_recordset($1::jsonb) AS x (order_id text, due_at timestamptz)
     WHERE intents.order_id = x.order_id AND intents.due_at IS NOT NULL`,
    [JSON.stringify(rows)],
  );
}
