import type { RecordedEvent } from '../events/event.js';
import type { SqlExecutor } from './sql-executor.js';

/** Enters the events in the inbox and returns those that were not there, in order of position. */
export async function claim(
  sql: SqlExecutor,
  consumer: string,
  events: readonly RecordedEvent[],
): Promise<RecordedEvent[]> {
  if (events.length === 0) return [];
  // Sorted, so that two replicas with overlapping batches wait for each other instead of deadlocking.
  const byId = new Map([...events].sort((a, b) => a.position - b.position).map((event) => [event.id, event]));
  const rows = await sql.query<{ event_id: string }>(
    `INSERT INTO events.inbox (consumer, event_id)
     SELECT $1, id FROM jsonb_array_elements_text($2::jsonb) WITH ORDINALITY AS list (id, n) ORDER BY n
     ON CONFLICT DO NOTHING RETURNING event_id`,
    [consumer, JSON.stringify([...byId.keys()])],
  );
  const fresh = new Set(rows.map((row) => row.event_id));
  return [...byId.values()].filter((event) => fresh.has(event.id));
}
