import { type SqlExecutor, appendEvents } from '@souk/kit/postgres';
import { applyCommand } from '../domain/apply-command.js';
import type { CheckoutInput } from '../domain/checkout-input.js';
import { type Money, NO_ORDER, type OrderFacts, type OrderedLine } from '../domain/order.js';
import { toEvents } from './apply-commands.js';
import { notifyChanges } from './order-changes.js';
import { toSagaRow } from './saga-row.js';

/** An order to be received. */
export interface NewOrder {
  readonly id: string;
  readonly input: CheckoutInput;
  readonly fingerprint: Buffer;
  readonly customerId: string | null;
  readonly cartId: string;
  readonly lines: readonly OrderedLine[];
  readonly total: Money;
  /** The part of the total that sending costs, in minor units. */
  readonly shippingMinor: number;
  /** How it is sent: what the buyer chose, or what was chosen for them. */
  readonly shippingOptionId: string;
  readonly accessTokenHash: Buffer;
  readonly at: Date;
  /** When it is given up if stock and payment are still undecided. */
  readonly decideBy: Date;
}

const INSERT = `
  WITH input AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS x (
      id text, key text, fingerprint text, customer_id text, email text, version int, published int,
      currency currency_code, total_minor int, shipping_minor int, ship_name text, ship_line1 text, ship_line2 text,
      ship_city text, ship_postal_code text, ship_country text, shipping_option_id text, payment_token text,
      access_token_hash text, cart_id text, at timestamptz, decide_by timestamptz, lines jsonb, timeline jsonb, saga_status saga_status,
      steps jsonb, due_at timestamptz, recorded int, saga jsonb)
  ), won AS (
    INSERT INTO placements (key, fingerprint, order_id, created_at)
    SELECT key, decode(fingerprint, 'hex'), id, at FROM input ORDER BY key
    ON CONFLICT (key) DO NOTHING RETURNING order_id
  ), received AS (
    SELECT input.* FROM input JOIN won ON won.order_id = input.id
  ), inserted AS (
    INSERT INTO orders (id, customer_id, email, version, published, currency, total_minor, shipping_minor, ship_name,
      ship_line1, ship_line2, ship_city, ship_postal_code, ship_country, shipping_option_id, payment_token,
      access_token_hash, cart_id, decide_by, created_at, updated_at)
    SELECT id, customer_id, email, version, published, currency, total_minor, shipping_minor, ship_name,
      ship_line1, ship_line2, ship_city, ship_postal_code, ship_country, shipping_option_id, payment_token,
      decode(access_token_hash, 'hex'), cart_id, decide_by, at, at FROM received
  ), lined AS (
    INSERT INTO order_lines (order_id, position, variant_id, quantity, unit_price_minor)
    SELECT received.id, l.position, l."variantId", l.quantity, l."unitPriceMinor"
    FROM received, jsonb_to_recordset(received.lines) AS l (position int, "variantId" text, quantity int, "unitPriceMinor" int)
  ), told AS (
    INSERT INTO order_timeline (order_id, version, type, status, message, at)
    SELECT received.id, e.version, e.type, e.status, e.message, e.at
    FROM received, jsonb_to_recordset(received.timeline) AS e (
      version int, type timeline_type, status order_status, message text, at timestamptz)
  ), driven AS (
    INSERT INTO sagas (order_id, status, steps, recorded, due_at, started_at, updated_at)
    SELECT id, saga_status, steps, recorded, due_at, at, at FROM received
  ), history AS (
    INSERT INTO saga_history (order_id, sequence, at, step, type, detail)
    SELECT received.id, h.sequence, h.at, h.step, h.type, h.detail
    FROM received, jsonb_to_recordset(received.saga) AS h (
      sequence int, at timestamptz, step saga_step, type saga_entry_type, detail text)
  )
  SELECT order_id FROM won`;

/**
 * Receives orders, with their idempotency records and the requests to reserve their stock, in the caller's
 * transaction. An order whose idempotency key is taken is left out.
 *
 * @returns the ids of those that were received
 */
export async function insertOrders(
  sql: SqlExecutor,
  orders: readonly NewOrder[],
  newId: () => string,
): Promise<ReadonlySet<string>> {
  const received = orders.map(receive);
  const rows = await sql.query<{ order_id: string }>(INSERT, [JSON.stringify(received.map(toRow))]);
  const won = new Set(rows.map((row) => row.order_id));
  const kept = received.filter(({ order }) => won.has(order.id));
  await appendEvents(
    sql,
    kept.flatMap(({ order, facts, messages }) =>
      toEvents({ facts, messages, published: 0 }, order.at, newId),
    ),
  );
  await notifyChanges(
    sql,
    kept.map(({ order, state }) => ({ orderId: order.id, version: state.version, status: state.status })),
  );
  return won;
}

function receive(order: NewOrder) {
  const { id: orderId, customerId, total, shippingMinor, shippingOptionId, lines, decideBy } = order;
  const { email, shippingAddress, paymentToken } = order.input;
  // The number is given by the database; no message of this step tells it.
  const facts: OrderFacts = {
    ...{ orderId, number: '', customerId, email, total, shippingMinor, lines },
    ...{ shippingAddress, shippingOptionId, paymentToken, decideBy },
  };
  const effect = applyCommand({ type: 'Receive' }, { order: NO_ORDER, facts, at: order.at });
  if (!effect.accepted) throw new Error('A new order is always received.');
  const { order: state, timeline, saga, messages } = effect;
  return { order, facts, state, timeline, saga, messages };
}

function toRow({ order, state, timeline, saga, messages }: ReturnType<typeof receive>) {
  const { name, line1, line2, city, postalCode, country } = order.input.shippingAddress;
  return {
    id: order.id,
    key: order.input.idempotencyKey,
    fingerprint: order.fingerprint.toString('hex'),
    customer_id: order.customerId,
    email: order.input.email,
    version: state.version,
    published: messages.length,
    currency: order.total.currency,
    total_minor: order.total.amountMinor,
    shipping_minor: order.shippingMinor,
    ship_name: name,
    ship_line1: line1,
    ship_line2: line2,
    ship_city: city,
    ship_postal_code: postalCode,
    ship_country: country,
    shipping_option_id: order.shippingOptionId,
    payment_token: order.input.paymentToken,
    access_token_hash: order.accessTokenHash.toString('hex'),
    cart_id: order.cartId,
    at: order.at,
    decide_by: order.decideBy,
    lines: order.lines.map((line, index) => ({ ...line, position: index + 1 })),
    timeline,
    ...toSagaRow(state),
    recorded: saga.length,
    saga: saga.map((entry, index) => ({ ...entry, sequence: index + 1 })),
  };
}
