import type { SqlExecutor } from '@souk/kit/postgres';
import type { OrderMessage } from '../domain/messages.js';
import type { Currency, OrderFacts, OrderFailure, OrderState, OrderedLine } from '../domain/order.js';
import { formatOrderNumber } from '../domain/order-number.js';
import type { OrderStatus } from '../domain/order-status.js';
import type { SagaEntry } from '../domain/saga-event.js';
import type { TimelineEntry } from '../domain/timeline.js';
import { type StoredSteps, toSteps } from './saga-row.js';

/** An order on its way through one transaction. */
export interface Work {
  readonly facts: OrderFacts;
  /** Versions of the messages sent before. */
  readonly published: number;
  /** Entries of the saga's history before. */
  readonly recorded: number;
  readonly before: OrderState;
  order: OrderState;
  readonly timeline: TimelineEntry[];
  readonly saga: SagaEntry[];
  readonly messages: OrderMessage[];
}

interface LockedRow {
  readonly id: string;
  readonly number: number;
  readonly customer_id: string | null;
  readonly email: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly published: number;
  readonly accepted: boolean;
  readonly failure: OrderFailure | null;
  readonly refunded_minor: number;
  readonly currency: Currency;
  readonly total_minor: number;
  readonly shipping_minor: number;
  readonly ship_name: string;
  readonly ship_line1: string;
  readonly ship_line2: string | null;
  readonly ship_city: string;
  readonly ship_postal_code: string;
  readonly ship_country: string;
  readonly shipping_option_id: string | null;
  readonly payment_token: string | null;
  readonly decide_by: Date;
  readonly steps: StoredSteps;
  readonly recorded: number;
  readonly lines: readonly OrderedLine[] | null;
}

/** Locks in the order of ids, so that two overlapping batches wait for each other instead of deadlocking. */
export async function lockOrders(sql: SqlExecutor, ids: readonly string[]): Promise<Map<string, Work>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<LockedRow>(
    `SELECT o.id, o.number, o.customer_id, o.email, o.status, o.version, o.published, o.accepted, o.failure,
            o.refunded_minor, o.currency, o.total_minor, o.shipping_minor, o.ship_name, o.ship_line1, o.ship_line2,
            o.ship_city, o.ship_postal_code, o.ship_country, o.shipping_option_id, o.payment_token, o.decide_by,
            s.steps, s.recorded,
            (SELECT json_agg(json_build_object('variantId', variant_id, 'quantity', quantity, 'unitPriceMinor', unit_price_minor)
               ORDER BY position) FROM order_lines WHERE order_id = o.id) AS lines
     FROM orders o JOIN sagas s ON s.order_id = o.id WHERE o.id = ANY($1) ORDER BY o.id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, toWork(row)]));
}

function toWork(row: LockedRow): Work {
  const { status, version, accepted, failure } = row;
  const order = {
    ...{ status, version, accepted, failure },
    refundedMinor: row.refunded_minor,
    steps: toSteps(row.steps),
  };
  const facts = {
    orderId: row.id,
    number: formatOrderNumber(row.number),
    customerId: row.customer_id,
    email: row.email,
    total: { amountMinor: row.total_minor, currency: row.currency },
    shippingMinor: row.shipping_minor,
    lines: row.lines ?? [],
    shippingAddress: {
      name: row.ship_name,
      line1: row.ship_line1,
      line2: row.ship_line2,
      city: row.ship_city,
      postalCode: row.ship_postal_code,
      country: row.ship_country,
    },
    shippingOptionId: row.shipping_option_id,
    paymentToken: row.payment_token,
    decideBy: row.decide_by,
  };
  const { published, recorded } = row;
  return { facts, published, recorded, before: order, order, timeline: [], saga: [], messages: [] };
}
