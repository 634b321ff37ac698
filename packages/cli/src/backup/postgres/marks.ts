import type pg from 'pg';
import type { Marks } from '../manifest.js';

/** Reads them in the client's transaction. A database without event tables has no log and reads none. */
export async function readPostgresMarks(client: pg.ClientBase): Promise<Marks> {
  const known = await client.query<{ known: boolean }>(
    "SELECT to_regclass('events.outbox') IS NOT NULL AS known",
  );
  if (!known.rows[0]?.known) return { head: 0, cursors: [] };
  const head = await client.query<{ head: string }>(
    'SELECT coalesce(max(position), 0) AS head FROM events.outbox',
  );
  const cursors = await client.query<{ consumer: string; owner: string; position: string }>(
    'SELECT consumer, owner, position FROM events.cursors ORDER BY consumer, owner',
  );
  return {
    head: Number(head.rows[0]?.head),
    cursors: cursors.rows.map(({ position, ...cursor }) => ({ ...cursor, position: Number(position) })),
  };
}
