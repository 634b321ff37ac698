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

/** A payment that the provider is to be asked about again. */
export interface Delay {
  readonly payment: ClaimedIntent;
  /** How long the provider wants to be left alone, in milliseconds. */
  readonly atLeastMs: number;
}

/**
 * Puts payments off, each by its own pause; not those that have moved on meanwhile. Locks in the order of ids, as
 * `applyCommands` does.
 */
export async function putOff(sql: SqlExecutor, delays: readonly Delay[], now: Date): Promise<void> {
  if (delays.length === 0) return;
  const rows = delays.map(({ payment: { orderId, intent }, atLeastMs }) => ({
    order_id: orderId,
    operation: intent.operation,
    attempts: intent.attempts,
    due_at: new Date(now.getTime() + Math.max(atLeastMs, retryAfterMs(intent))),
  }));
  await sql.query(
    `WITH locked AS (
       SELECT order_id FROM intents WHERE order_id = ANY($2) ORDER BY order_id FOR NO KEY UPDATE
     )
     UPDATE intents SET due_at = x.due_at
     FROM locked JOIN jsonb_to_recordset($1::jsonb) AS x (
       order_id text, operation intent_operation, attempts int, due_at timestamptz) USING (order_id)
     WHERE intents.order_id = locked.order_id AND intents.operation = x.operation AND intents.attempts = x.attempts
       AND intents.due_at IS NOT NULL`,
    [JSON.stringify(rows), rows.map((row) => row.order_id)],
  );
}
