import type { Effect } from '../domain/apply-command.js';
import type { ShippingDatabase } from './database.js';
import { insertTracking } from './insert-tracking.js';
import { toColumns } from './shipment-row.js';

/** A parcel that was sent some time ago. */
export interface PastShipment extends Pick<Effect, 'shipment' | 'tracking'> {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly customerId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Writes shipments down that nobody has to be told of; those that are there already are left out. */
export async function insertPastShipments(
  { transaction }: ShippingDatabase,
  shipments: readonly PastShipment[],
): Promise<void> {
  const rows = shipments.map(({ orderId, shipmentId, customerId, shipment, createdAt, updatedAt }) => ({
    ...toColumns(orderId, shipment),
    shipment_id: shipmentId,
    customer_id: customerId,
    created_at: createdAt,
    updated_at: updatedAt,
  }));
  await transaction(async (sql) => {
    const added = await sql.query<{ order_id: string }>(
      `INSERT INTO shipments (order_id, shipment_id, status, version, tracked, scanned_at, customer_id, consignment,
         carrier, tracking_number, eta, created_at, updated_at)
       SELECT order_id, shipment_id, status, version, tracked, scanned_at, customer_id, consignment, carrier,
         tracking_number, eta, created_at, updated_at
       FROM jsonb_to_recordset($1::jsonb) AS x (
         order_id text, shipment_id text, status shipment_status, version int, tracked int, scanned_at timestamptz,
         customer_id text, consignment jsonb, carrier text, tracking_number text, eta timestamptz,
         created_at timestamptz, updated_at timestamptz)
       ORDER BY order_id ON CONFLICT (order_id) DO NOTHING RETURNING order_id`,
      [JSON.stringify(rows)],
    );
    const fresh = new Set(added.map(({ order_id }) => order_id));
    const lines = shipments
      .filter(({ orderId }) => fresh.has(orderId))
      .flatMap(({ orderId, tracking }) => tracking.map((line) => ({ order_id: orderId, ...line })));
    await insertTracking(sql, lines);
  });
}
