import type { SqlExecutor } from '@souk/kit/postgres';
import { type PastOrder, pastEventId, pastEvents } from '../domain/past-events.js';
import { redactEvent } from '../domain/redact.js';
import { appendRecords } from './append-records.js';
import type { AnalyticsDatabase } from './database.js';
import { project } from './project.js';

/** Keeps the events of past orders, in the order in which they happened; orders that are known are left out. */
export async function insertPastOrders(
  { transaction }: AnalyticsDatabase,
  orders: readonly PastOrder[],
  now: Date,
): Promise<void> {
  await transaction(async (sql) => {
    const known = await knownEvents(
      sql,
      orders.map(({ id }) => pastEventId(id)),
    );
    const events = orders
      .filter(({ id }) => !known.has(pastEventId(id)))
      .flatMap(pastEvents)
      .map(redactEvent)
      .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
    await project(sql, 'projections', await appendRecords(sql, events, now));
  });
}

/** By id alone: seeded again on another day, an order would have lived at another time. */
async function knownEvents(sql: SqlExecutor, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ event_id: string }>(
    'SELECT event_id FROM audit.records WHERE event_id = ANY($1)',
    [ids],
  );
  return new Set(rows.map(({ event_id: id }) => id));
}
