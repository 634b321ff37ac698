import type { SqlExecutor } from '@souk/kit/postgres';
import { isOpen } from '../domain/saga-step.js';
import type { Work } from './lock-orders.js';
import { notifyChanges } from './order-changes.js';
import { toSagaRow } from './saga-row.js';
import { takeOrderedFromCarts } from './take-from-carts.js';

/** Writes orders, timelines and sagas down, set by set, so that a hundred orders cost as many statements as one. */
export async function writeOrders(sql: SqlExecutor, works: readonly Work[], at: Date): Promise<void> {
  if (works.length === 0) return;
  await sql.query(
    `WITH input AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x (
         id text, status order_status, version int, published int, accepted boolean, failure jsonb, refunded_minor int,
         keeps_token boolean, saga_status saga_status, steps jsonb, due_at timestamptz, recorded int, timeline jsonb,
         saga jsonb)
     ), entries AS (
       INSERT INTO order_timeline (order_id, version, type, status, message, at)
       SELECT input.id, e.version, e.type, e.status, e.message, e.at
       FROM input, jsonb_to_recordset(input.timeline) AS e (
         version int, type timeline_type, status order_status, message text, at timestamptz)
     ), history AS (
       INSERT INTO saga_history (order_id, sequence, at, step, type, detail)
       SELECT input.id, h.sequence, h.at, h.step, h.type, h.detail
       FROM input, jsonb_to_recordset(input.saga) AS h (
         sequence int, at timestamptz, step saga_step, type saga_entry_type, detail text)
     ), driven AS (
       UPDATE sagas SET status = input.saga_status, steps = input.steps, due_at = input.due_at,
         recorded = input.recorded, updated_at = $2
       FROM input WHERE sagas.order_id = input.id
     )
     UPDATE orders SET status = input.status, version = input.version, published = input.published,
       accepted = input.accepted, failure = input.failure, refunded_minor = input.refunded_minor,
       payment_token = CASE WHEN input.keeps_token THEN orders.payment_token END,
       updated_at = CASE WHEN input.version > orders.version THEN $2 ELSE orders.updated_at END
     FROM input WHERE orders.id = input.id`,
    [JSON.stringify(works.map(toRow)), at],
  );
  const accepted = works.filter(({ before, order }) => order.accepted && !before.accepted);
  await takeOrderedFromCarts(
    sql,
    accepted.map(({ facts }) => facts.orderId),
    at,
  );
  const changed = works.filter(({ before, order }) => order.version > before.version);
  await notifyChanges(
    sql,
    changed.map(({ facts, order }) => ({
      orderId: facts.orderId,
      version: order.version,
      status: order.status,
    })),
  );
}

const toRow = ({ facts, order, published, recorded, messages, timeline, saga }: Work) => ({
  id: facts.orderId,
  status: order.status,
  version: order.version,
  published: published + messages.length,
  accepted: order.accepted,
  failure: order.failure,
  refunded_minor: order.refundedMinor,
  keeps_token: isTokenNeeded(order.steps),
  ...toSagaRow(order),
  recorded: recorded + saga.length,
  timeline,
  saga: saga.map((entry, index) => ({ ...entry, sequence: recorded + index + 1 })),
});

/** The payment may still have to be asked for, once or again. */
const isTokenNeeded = ({ RESERVE_STOCK, AUTHORIZE_PAYMENT }: Work['order']['steps']): boolean =>
  isOpen(RESERVE_STOCK) || isOpen(AUTHORIZE_PAYMENT);
