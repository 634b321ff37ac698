import type { DomainEvent } from '@souk/kit/events';
import type { SqlExecutor } from '@souk/kit/postgres';
import { type DailyTotal, changes } from '../domain/daily-totals.js';
import { type OrderHistory, UNKNOWN_ORDER, evolve, orderIdOf } from '../domain/order-history.js';

/** The PostgreSQL schema that projections are in: those that are read, and those that a rebuild makes. */
export type ProjectionSchema = 'projections' | 'projections_next';

interface Change {
  readonly orderId: string;
  readonly before: OrderHistory;
  readonly after: OrderHistory;
}

/**
 * Takes events into the projections in the caller's transaction. Events may come in any order and again; callers must
 * come one at a time, which the lock of the chain sees to.
 */
export async function project(
  sql: SqlExecutor,
  schema: ProjectionSchema,
  events: readonly DomainEvent[],
): Promise<void> {
  const byOrder = groupByOrder(events);
  if (byOrder.size === 0) return;
  const known = await readHistories(sql, schema, [...byOrder.keys()]);
  const changed = [...byOrder].flatMap(([orderId, own]): Change[] => {
    const before = known.get(orderId) ?? UNKNOWN_ORDER;
    const after = own.reduce(evolve, before);
    return after === before ? [] : [{ orderId, before, after }];
  });
  if (changed.length === 0) return;
  await writeHistories(sql, schema, changed);
  await addTotals(sql, schema, changes(changed));
}

function groupByOrder(events: readonly DomainEvent[]): Map<string, DomainEvent[]> {
  const byOrder = new Map<string, DomainEvent[]>();
  for (const event of events) {
    const orderId = orderIdOf(event);
    if (orderId === undefined) continue;
    const own = byOrder.get(orderId);
    if (own) own.push(event);
    else byOrder.set(orderId, [event]);
  }
  return byOrder;
}

async function readHistories(
  sql: SqlExecutor,
  schema: ProjectionSchema,
  orderIds: readonly string[],
): Promise<Map<string, OrderHistory>> {
  const rows = await sql.query<{ order_id: string; history: OrderHistory }>(
    `SELECT order_id, history FROM ${schema}.orders WHERE order_id = ANY($1)`,
    [orderIds],
  );
  return new Map(rows.map((row) => [row.order_id, row.history]));
}

async function writeHistories(
  sql: SqlExecutor,
  schema: ProjectionSchema,
  changed: readonly Change[],
): Promise<void> {
  await sql.query(
    `INSERT INTO ${schema}.orders SELECT x."orderId", x.after
     FROM jsonb_to_recordset($1::jsonb) AS x ("orderId" text, after jsonb)
     ON CONFLICT (order_id) DO UPDATE SET history = excluded.history`,
    [JSON.stringify(changed.map(({ orderId, after }) => ({ orderId, after })))],
  );
}

/** A row that comes to nothing goes: what is left is what a replay would make. */
async function addTotals(
  sql: SqlExecutor,
  schema: ProjectionSchema,
  totals: readonly DailyTotal[],
): Promise<void> {
  if (totals.length === 0) return;
  await sql.query(
    `INSERT INTO ${schema}.daily_totals AS t
     SELECT x.report, x.day, x.subject, x.currency, x.orders, x.units, x."amountMinor", x."returnedMinor"
     FROM jsonb_to_recordset($1::jsonb) AS x (
       report text, day date, subject text, currency text, orders bigint, units bigint, "amountMinor" bigint,
       "returnedMinor" bigint)
     ON CONFLICT (report, day, subject, currency) DO UPDATE SET
       orders = t.orders + excluded.orders, units = t.units + excluded.units,
       amount_minor = t.amount_minor + excluded.amount_minor,
       returned_minor = t.returned_minor + excluded.returned_minor`,
    [JSON.stringify(totals)],
  );
  if (totals.some(({ orders }) => orders < 0)) {
    await sql.query(
      `DELETE FROM ${schema}.daily_totals
       WHERE orders = 0 AND day = ANY($1::date[])`,
      [[...new Set(totals.map(({ day }) => day))]],
    );
  }
}
