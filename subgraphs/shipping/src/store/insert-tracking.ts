import type { SqlExecutor } from '@souk/kit/postgres';
import type { NumberedTrackingEvent } from '../domain/apply-command.js';

/** A line of the history of an order. */
export interface TrackingLine extends NumberedTrackingEvent {
  readonly order_id: string;
}

/** Adds lines to histories, in one round trip. */
export async function insertTracking(sql: SqlExecutor, lines: readonly TrackingLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql.query(
    `INSERT INTO tracking_events (order_id, number, leg, at, place, message)
     SELECT order_id, number, leg, at, place, message FROM jsonb_to_recordset($1::jsonb)
       AS x (order_id text, number int, leg shipment_leg, at timestamptz, place text, message text)`,
    [JSON.stringify(lines)],
  );
}
