import { type Pool, pgExecutor } from '@souk/kit/postgres';
import type { Currency, OrderFailure, OrderedLine } from '../domain/order.js';
import type { OrderRecord } from '../domain/order-record.js';
import { formatOrderNumber } from '../domain/order-number.js';
import type { OrderStatus } from '../domain/order-status.js';
import type { TimelineType } from '../domain/timeline.js';

/** One statement, so that state, lines and timeline are of the same instant. */
const READ = `
  SELECT o.*,
    (SELECT json_agg(json_build_object('variantId', variant_id, 'quantity', quantity, 'unitPriceMinor', unit_price_minor)
       ORDER BY position) FROM order_lines WHERE order_id = o.id) AS lines,
    (SELECT json_agg(json_build_object('version', version, 'type', type, 'status', status, 'message', message, 'at', at)
       ORDER BY version) FROM order_timeline WHERE order_id = o.id) AS timeline
  FROM orders o WHERE o.id = ANY($1)`;

interface OrderRow {
  readonly id: string;
  readonly number: number;
  readonly customer_id: string | null;
  readonly email: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly accepted: boolean;
  readonly failure: OrderFailure | null;
  readonly currency: Currency;
  readonly total_minor: number;
  readonly shipping_minor: number;
  readonly ship_name: string;
  readonly ship_line1: string;
  readonly ship_line2: string | null;
  readonly ship_city: string;
  readonly ship_postal_code: string;
  readonly ship_country: string;
  readonly access_token_hash: Buffer;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly lines: readonly OrderedLine[] | null;
  readonly timeline: readonly {
    readonly version: number;
    readonly type: TimelineType;
    readonly status: OrderStatus;
    readonly message: string;
    readonly at: string;
  }[];
}

/** Orders with their lines and timelines in one round trip, in any order; missing ones are left out. */
export async function readOrders(pool: Pool, ids: readonly string[]): Promise<OrderRecord[]> {
  const rows = await pgExecutor(pool).query<OrderRow>(READ, [ids]);
  return rows.map(toOrderRecord);
}

const toOrderRecord = (row: OrderRow): OrderRecord => ({
  id: row.id,
  number: formatOrderNumber(row.number),
  customerId: row.customer_id,
  email: row.email,
  status: row.status,
  version: row.version,
  accepted: row.accepted,
  failure: row.failure,
  total: { amountMinor: row.total_minor, currency: row.currency },
  shippingMinor: row.shipping_minor,
  shippingAddress: {
    name: row.ship_name,
    line1: row.ship_line1,
    line2: row.ship_line2,
    city: row.ship_city,
    postalCode: row.ship_postal_code,
    country: row.ship_country,
  },
  accessTokenHash: row.access_token_hash,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  lines: row.lines ?? [],
  timeline: row.timeline.map((entry) => ({ ...entry, at: new Date(entry.at) })),
});
