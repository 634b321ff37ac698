import type { RecordedEvent } from '../events/event.js';
import { notLongApplied } from '../events/remembered.js';
import { loadCursor } from './cursors.js';
import type { SqlExecutor } from './sql-executor.js';

/** Enters an owner's events in the inbox and returns those that were not there, in order of position. */
export async function claim(
  sql: SqlExecutor,
  { consumer, owner }: { readonly consumer: string; readonly owner: string },
  batch: readonly RecordedEvent[],
): Promise<RecordedEvent[]> {
  const events = await notLongApplied(batch, () => loadCursor(sql, consumer, owner));
  if (events.length === 0) return [];
  // Sorted, so that two replicas with overlapping batches wait for each other instead of deadlocking.
  const byId = new Map([...events].sort((a, b) => a.position - b.position).map((event) => [event.id, event]));
  const rows = await sql.query<{ event_id: string }>(
    `INSERT INTO events.inbox (consumer, owner, event_id, position)
     SELECT $1, $2, e ->> 0, (e ->> 1)::bigint FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS list (e, n)
     ORDER BY n ON CONFLICT DO NOTHING RETURNING event_id`,
    [consumer, owner, JSON.stringify([...byId.values()].map(({ id, position }) => [id, position]))],
  );
  const fresh = new Set(rows.map((row) => row.event_id));
  return [...byId.values()].filter((event) => fresh.has(event.id));
}
