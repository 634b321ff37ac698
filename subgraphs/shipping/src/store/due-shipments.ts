import { type Pool, type SqlExecutor, pgExecutor } from '@souk/kit/postgres';
import { LEASE_MS, retryAfterMs } from '../domain/retry.js';
import type { Shipment } from '../domain/shipment.js';
import { SHIPMENT_COLUMNS, type ShipmentRow, toShipment } from './shipment-row.js';

/** A shipment that this process asks the carrier about. */
export interface ClaimedShipment {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly shipment: Shipment;
}

/**
 * Takes shipments for which the carrier is to be asked, for 30 seconds: if the process dies meanwhile, another one
 * takes them again. The attempt is counted before it is made.
 */
export async function claimDue(pool: Pool, now: Date, limit: number): Promise<ClaimedShipment[]> {
  const rows = await pgExecutor(pool).query<ShipmentRow>(
    `UPDATE shipments SET due_at = $2, attempts = attempts + 1 WHERE order_id IN (
       SELECT order_id FROM shipments WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING ${SHIPMENT_COLUMNS}`,
    [now, new Date(now.getTime() + LEASE_MS), limit],
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    shipmentId: row.shipment_id,
    shipment: toShipment(row),
  }));
}

/** Puts attempts that failed off, each by its own pause. Locks in the order of ids, as `applyCommands` does. */
export async function putOff(sql: SqlExecutor, failed: readonly ClaimedShipment[], now: Date): Promise<void> {
  if (failed.length === 0) return;
  const rows = failed.map(({ orderId, shipment }) => ({
    order_id: orderId,
    operation: shipment.operation,
    due_at: new Date(now.getTime() + retryAfterMs(shipment.attempts)),
  }));
  // What is due by now may be something else, which need not wait.
  await sql.query(
    `WITH locked AS (
       SELECT order_id FROM shipments WHERE order_id = ANY($2) ORDER BY order_id FOR NO KEY UPDATE
     )
     UPDATE shipments SET due_at = x.due_at
     FROM locked JOIN jsonb_to_recordset($1::jsonb) AS x (
       order_id text, operation shipment_operation, due_at timestamptz) USING (order_id)
     WHERE shipments.order_id = locked.order_id AND shipments.operation = x.operation`,
    [JSON.stringify(rows), rows.map((row) => row.order_id)],
  );
}
