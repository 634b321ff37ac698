import type { SqlExecutor } from '@souk/kit/postgres';
import type { PlannedScan } from '../carrier/journey.js';
import type { Drill } from '../domain/drill.js';
import type { Leg, ScanKind } from '../domain/scan.js';

/** A parcel's way, to be written down. */
export interface PlannedParcel {
  readonly trackingNumber: string;
  readonly orderId: string;
  readonly leg: Leg;
  readonly scans: readonly PlannedScan[];
}

/**
 * Writes a parcel's way down, unless that was done before.
 *
 * @returns when it arrives by what is written down
 */
export async function insertScans(
  sql: SqlExecutor,
  { trackingNumber, orderId, leg, scans }: PlannedParcel,
): Promise<Date> {
  const rows = scans.map(({ dueAt, ...scan }) => ({ ...scan, due_at: dueAt }));
  await sql.query(
    `INSERT INTO simulated_scans (tracking_number, number, order_id, leg, kind, due_at, place, message)
     SELECT $1, number, $2, $3::shipment_leg, kind, due_at, place, message
     FROM jsonb_to_recordset($4::jsonb)
       AS x (number int, kind scan_kind, due_at timestamptz, place text, message text)
     ON CONFLICT DO NOTHING`,
    [trackingNumber, orderId, leg, JSON.stringify(rows)],
  );
  const [last] = await sql.query<{ due_at: Date }>(
    'SELECT max(due_at) AS due_at FROM simulated_scans WHERE tracking_number = $1',
    [trackingNumber],
  );
  if (!last)
    throw new Error(`The way of the parcel ${trackingNumber} is missing although it was just planned.`);
  return last.due_at;
}

/**
 * Forgets a parcel's way, if nothing of it has happened.
 *
 * @returns false if the parcel has left
 */
export async function cancelScans(sql: SqlExecutor, trackingNumber: string): Promise<boolean> {
  // Waits for whoever is driving it at this moment.
  const scans = await sql.query<{ driven_at: Date | null }>(
    'SELECT driven_at FROM simulated_scans WHERE tracking_number = $1 ORDER BY number FOR UPDATE',
    [trackingNumber],
  );
  if (scans.some(({ driven_at }) => driven_at !== null)) return false;
  await sql.query('DELETE FROM simulated_scans WHERE tracking_number = $1', [trackingNumber]);
  return true;
}

/** A scan whose time has come. */
export interface DueScan {
  readonly trackingNumber: string;
  readonly number: number;
  readonly orderId: string;
  readonly leg: Leg;
  readonly kind: ScanKind;
  readonly dueAt: Date;
  readonly place: string;
  readonly message: string;
  /** What goes wrong on purpose at that moment. */
  readonly drill: Drill;
}

/** What {@link takeDueScans} needs to know. */
export interface TakeDueScansOptions {
  readonly now: Date;
  readonly limit: number;
  /** Whether drills are looked at: while one keeps the carrier or all of shipping away, nothing is due. */
  readonly drills: boolean;
}

/**
 * Takes scans that are due, for the length of the caller's transaction, and marks them as made. Of a parcel only the
 * next one, so that replicas cannot overtake each other. A parcel is not seen before its label is known here: else the
 * scans of a booking whose answer was lost would be lost with it.
 *
 * The drill is read by the same statement, hence at the same instant: what became due after a drill was set never goes
 * by the one before.
 */
export async function takeDueScans(
  sql: SqlExecutor,
  { now, limit, drills }: TakeDueScansOptions,
): Promise<DueScan[]> {
  return sql.query<DueScan>(
    `WITH held AS MATERIALIZED (
       SELECT coalesce((SELECT drill FROM drills WHERE $3), 'NONE') AS drill),
     due AS MATERIALIZED (
       SELECT s.tracking_number, s.number FROM simulated_scans s
       WHERE s.driven_at IS NULL AND s.due_at <= $1 AND (SELECT drill FROM held) NOT IN ('CARRIER_AWAY', 'SHIPPING_DOWN') AND EXISTS (
         SELECT FROM shipments WHERE order_id = s.order_id
           AND s.tracking_number IN (shipments.tracking_number, shipments.return_tracking_number))
         AND NOT EXISTS (SELECT FROM simulated_scans earlier WHERE earlier.tracking_number = s.tracking_number
           AND earlier.number < s.number AND earlier.driven_at IS NULL)
       ORDER BY s.due_at, s.number LIMIT $2 FOR UPDATE OF s SKIP LOCKED)
     UPDATE simulated_scans AS scan SET driven_at = $1 FROM due, held
     WHERE scan.tracking_number = due.tracking_number AND scan.number = due.number
     RETURNING scan.tracking_number AS "trackingNumber", scan.number, order_id AS "orderId", leg, kind,
       due_at AS "dueAt", place, message, drill`,
    [now, limit, drills],
  );
}
