import type { DomainEvent } from '@souk/kit/events';
import { type SqlExecutor, appendEvents } from '@souk/kit/postgres';
import { type Effect, applyCommand } from '../domain/apply-command.js';
import type { OrderMessage } from '../domain/messages.js';
import type {
  Currency,
  OrderFacts,
  OrderFailure,
  OrderState,
  OrderedLine,
  PaymentStep,
  StockStep,
} from '../domain/order.js';
import type { OrderCommand } from '../domain/order-command.js';
import { formatOrderNumber } from '../domain/order-number.js';
import type { OrderStatus } from '../domain/order-status.js';
import type { TimelineEntry } from '../domain/timeline.js';
import { notifyChanges } from './order-changes.js';
import { takeOrderedFromCarts } from './take-from-carts.js';

/** A command and the order it is for. */
export interface OrderTask {
  readonly orderId: string;
  readonly command: OrderCommand;
}

/** What happens outside the order itself: the time, and ids for events. */
export interface Surroundings {
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** An order on its way through one transaction. */
interface Work {
  readonly facts: OrderFacts;
  /** Versions of the messages sent before. */
  readonly published: number;
  readonly before: OrderState;
  order: OrderState;
  readonly timeline: TimelineEntry[];
  readonly messages: OrderMessage[];
}

/**
 * Applies commands to any number of orders in the caller's transaction: locks the orders, lets the domain decide,
 * and writes the effects down set by set, so that a hundred orders cost as many statements as one.
 *
 * @returns the effect of each task, in the order of the tasks; undefined where there is no such order
 */
export async function applyCommands(
  sql: SqlExecutor,
  tasks: readonly OrderTask[],
  { clock, newId }: Surroundings,
): Promise<(Effect | undefined)[]> {
  const works = await lockOrders(sql, [...new Set(tasks.map(({ orderId }) => orderId))]);
  const at = clock();
  const effects = tasks.map(({ orderId, command }) => {
    const work = works.get(orderId);
    return work && take(work, command, at);
  });
  const touched = [...works.values()].filter(
    ({ timeline, messages }) => timeline.length > 0 || messages.length > 0,
  );
  await writeDown(sql, touched, at);
  await appendEvents(
    sql,
    touched.flatMap((work) => toEvents(work, at, newId)),
  );
  return effects;
}

function take(work: Work, command: OrderCommand, at: Date): Effect {
  const effect = applyCommand(command, { order: work.order, facts: work.facts, at });
  if (effect.accepted) {
    work.order = effect.order;
    work.timeline.push(...effect.timeline);
    work.messages.push(...effect.messages);
  }
  return effect;
}

/** Messages as events: each one a version of its own, because one change may need several. */
export const toEvents = (
  {
    facts,
    published,
    messages,
  }: Pick<Work, 'facts' | 'published'> & { readonly messages: readonly OrderMessage[] },
  at: Date,
  newId: () => string,
): DomainEvent[] =>
  messages.map(({ type, payload }, index) => ({
    id: newId(),
    type,
    source: 'orders',
    aggregateId: facts.orderId,
    version: published + index + 1,
    occurredAt: at.toISOString(),
    correlationId: facts.orderId,
    payload,
  }));

interface LockedRow {
  readonly id: string;
  readonly number: number;
  readonly customer_id: string | null;
  readonly email: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly published: number;
  readonly stock: StockStep;
  readonly payment: PaymentStep;
  readonly accepted: boolean;
  readonly failure: OrderFailure | null;
  readonly currency: Currency;
  readonly total_minor: number;
  readonly payment_token: string | null;
  readonly lines: readonly OrderedLine[];
}

/** Locks in the order of ids, so that two overlapping batches wait for each other instead of deadlocking. */
async function lockOrders(sql: SqlExecutor, ids: readonly string[]): Promise<Map<string, Work>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<LockedRow>(
    `SELECT id, number, customer_id, email, status, version, published, stock, payment, accepted, failure, currency,
            total_minor, payment_token,
            (SELECT json_agg(json_build_object('variantId', variant_id, 'quantity', quantity, 'unitPriceMinor', unit_price_minor)
               ORDER BY position) FROM order_lines WHERE order_id = orders.id) AS lines
     FROM orders WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, toWork(row)]));
}

function toWork(row: LockedRow): Work {
  const { status, version, stock, payment, accepted, failure } = row;
  const order = { status, version, stock, payment, accepted, failure };
  const facts = {
    orderId: row.id,
    number: formatOrderNumber(row.number),
    customerId: row.customer_id,
    email: row.email,
    total: { amountMinor: row.total_minor, currency: row.currency },
    lines: row.lines,
    paymentToken: row.payment_token,
  };
  return { facts, published: row.published, before: order, order, timeline: [], messages: [] };
}

async function writeDown(sql: SqlExecutor, works: readonly Work[], at: Date): Promise<void> {
  if (works.length === 0) return;
  const rows = works.map(({ facts, order, published, messages, timeline }) => ({
    id: facts.orderId,
    ...order,
    published: published + messages.length,
    timeline: timeline.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
  }));
  await sql.query(
    `WITH input AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x (
         id text, status order_status, version int, published int, stock stock_step, payment payment_step,
         accepted boolean, failure jsonb, timeline jsonb)
     ), entries AS (
       INSERT INTO order_timeline (order_id, version, type, status, message, at)
       SELECT input.id, e.version, e.type, e.status, e.message, e.at
       FROM input, jsonb_to_recordset(input.timeline) AS e (
         version int, type timeline_type, status order_status, message text, at timestamptz)
     )
     UPDATE orders SET status = input.status, version = input.version, published = input.published,
       stock = input.stock, payment = input.payment, accepted = input.accepted, failure = input.failure,
       payment_token = CASE WHEN input.payment = 'NONE' THEN orders.payment_token END,
       updated_at = CASE WHEN input.version > orders.version THEN $2 ELSE orders.updated_at END
     FROM input WHERE orders.id = input.id`,
    [JSON.stringify(rows), at],
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
