import { type SqlExecutor, appendEvents } from '@souk/kit/postgres';
import { type NumberedTrackingEvent, applyCommand } from '../domain/apply-command.js';
import type { ShipmentIds, ShipmentMessage } from '../domain/messages.js';
import type { Shipment } from '../domain/shipment.js';
import type { ShipmentCommand } from '../domain/shipment-command.js';
import { published } from '../events/published.js';
import { insertTracking } from './insert-tracking.js';
import { SHIPMENT_COLUMNS, type ShipmentRow, toColumns, toShipment } from './shipment-row.js';

/** A command and the order whose parcel it is for. */
export interface ShipmentTask {
  readonly orderId: string;
  readonly command: ShipmentCommand;
  /** The account that ordered, where the command brings it; null for a guest. */
  readonly customerId?: string | null;
}

/** What happens outside the shipment itself: the time, and ids. */
export interface Surroundings {
  readonly clock: () => Date;
  readonly newId: () => string;
}

interface Work {
  readonly ids: ShipmentIds;
  readonly before: Shipment;
  shipment: Shipment;
  customerId: string | null;
  readonly tracking: NumberedTrackingEvent[];
  readonly messages: ShipmentMessage[];
}

/**
 * Applies commands to any number of shipments in the caller's transaction: locks them, lets the domain decide, and
 * writes the effects down set by set. A shipment that nobody has spoken of yet is made.
 */
export async function applyCommands(
  sql: SqlExecutor,
  tasks: readonly ShipmentTask[],
  { clock, newId }: Surroundings,
): Promise<void> {
  if (tasks.length === 0) return;
  const at = clock();
  const works = await lockShipments(sql, [...new Set(tasks.map(({ orderId }) => orderId))], at, newId);
  for (const { orderId, command, customerId } of tasks) {
    const work = works.get(orderId);
    if (!work) throw new Error(`The shipment of order ${orderId} is missing although it was just made.`);
    const { shipment, tracking, messages } = applyCommand(command, work);
    work.shipment = shipment;
    work.customerId ??= customerId ?? null;
    work.tracking.push(...tracking);
    work.messages.push(...messages);
  }
  const changed = [...works.values()].filter(({ before, shipment }) => shipment !== before);
  if (changed.length === 0) return;
  await writeShipments(sql, changed, at);
  await insertTracking(
    sql,
    changed.flatMap(({ ids, tracking }) => tracking.map((line) => ({ order_id: ids.orderId, ...line }))),
  );
  await appendEvents(
    sql,
    changed.flatMap(({ ids, messages }) =>
      messages.map(({ type, version, payload }) => ({
        id: newId(),
        type,
        source: published.source,
        aggregateId: ids.orderId,
        version,
        occurredAt: at.toISOString(),
        correlationId: ids.orderId,
        payload,
      })),
    ),
  );
}

/** Locks in the order of ids, so that two overlapping batches wait for each other instead of deadlocking. */
async function lockShipments(
  sql: SqlExecutor,
  orderIds: readonly string[],
  at: Date,
  newId: () => string,
): Promise<Map<string, Work>> {
  const rows = orderIds.map((orderId) => ({ order_id: orderId, shipment_id: newId() }));
  await sql.query(
    `INSERT INTO shipments (order_id, shipment_id, status, version, created_at, updated_at)
     SELECT order_id, shipment_id, 'NEW', 0, $2, $2
     FROM jsonb_to_recordset($1::jsonb) AS x (order_id text, shipment_id text) ORDER BY order_id
     ON CONFLICT (order_id) DO NOTHING`,
    [JSON.stringify(rows), at],
  );
  const locked = await sql.query<ShipmentRow & { readonly customer_id: string | null }>(
    `SELECT ${SHIPMENT_COLUMNS}, customer_id FROM shipments
     WHERE order_id = ANY($1) ORDER BY order_id FOR UPDATE`,
    [orderIds],
  );
  return new Map(
    locked.map((row) => {
      const before = toShipment(row);
      const ids = { orderId: row.order_id, shipmentId: row.shipment_id };
      const work = {
        ids,
        before,
        shipment: before,
        customerId: row.customer_id,
        tracking: [],
        messages: [],
      };
      return [row.order_id, work];
    }),
  );
}

async function writeShipments(sql: SqlExecutor, works: readonly Work[], at: Date): Promise<void> {
  const rows = works.map(({ ids, before, shipment, customerId }) => ({
    ...toColumns(ids.orderId, shipment),
    customer_id: customerId,
    // An operation under way keeps its lease; a new one is due at once.
    is_under_way: shipment.attempts > 0 && shipment.operation === before.operation,
  }));
  await sql.query(
    `UPDATE shipments SET status = x.status, version = x.version, tracked = x.tracked, scanned_at = x.scanned_at,
       customer_id = x.customer_id, consignment = x.consignment, carrier = x.carrier,
       tracking_number = x.tracking_number, eta = x.eta, return_carrier = x.return_carrier,
       return_tracking_number = x.return_tracking_number, return_eta = x.return_eta,
       cancel_wanted = x.cancel_wanted, return_reason = x.return_reason, advance_to = x.advance_to,
       refusal = x.refusal, operation = x.operation, attempts = x.attempts,
       due_at = CASE WHEN x.operation IS NULL THEN NULL WHEN x.is_under_way THEN shipments.due_at ELSE $2 END,
       updated_at = CASE WHEN x.version > shipments.version THEN $2 ELSE shipments.updated_at END
     FROM jsonb_to_recordset($1::jsonb) AS x (
       order_id text, status shipment_status, version int, tracked int, scanned_at timestamptz, customer_id text,
       consignment jsonb, carrier text, tracking_number text, eta timestamptz, return_carrier text,
       return_tracking_number text, return_eta timestamptz, cancel_wanted boolean, return_reason text,
       advance_to shipment_advance, refusal text, operation shipment_operation, attempts int, is_under_way boolean)
     WHERE shipments.order_id = x.order_id`,
    [JSON.stringify(rows), at],
  );
}
