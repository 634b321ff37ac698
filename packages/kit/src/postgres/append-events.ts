import type { DomainEvent } from '../events/event.js';
import { checkPublished } from '../events/schema/registry.js';
import type { SqlExecutor } from './sql-executor.js';

/**
 * Writes events to the outbox. Call it in the transaction of the change they tell of: both are committed or neither.
 *
 * @throws Error for an event that is not as its owner described it with `defineEvents`
 * @example await withTransaction(pool, async (sql) => { await saveOrder(sql, order); await appendEvents(sql, [orderPlaced]); });
 */
export async function appendEvents(sql: SqlExecutor, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  checkPublished(events);
  await sql.query(
    `INSERT INTO events.outbox (id, type, source, aggregate_id, version, occurred_at, correlation_id, payload)
     SELECT e ->> 'id', e ->> 'type', e ->> 'source', e ->> 'aggregateId', (e ->> 'version')::bigint,
            (e ->> 'occurredAt')::timestamptz, e ->> 'correlationId', coalesce(e -> 'payload', 'null')
     FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list (e, n) ORDER BY n`,
    [JSON.stringify(events)],
  );
}
