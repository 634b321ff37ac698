import type { SqlExecutor } from './sql-executor.js';

/** Where a reader stands in an owner's log; 0 before the first. */
export async function loadCursor(sql: SqlExecutor, reader: string, owner: string): Promise<number> {
  const [row] = await sql.query<{ position: number | bigint }>(
    'SELECT position FROM events.cursors WHERE consumer = $1 AND owner = $2',
    [reader, owner],
  );
  return Number(row?.position ?? 0);
}

/** Moves it forward; a position behind the present one changes nothing. */
export async function storeCursor(
  sql: SqlExecutor,
  reader: string,
  owner: string,
  position: number,
): Promise<void> {
  await sql.query(
    `INSERT INTO events.cursors (consumer, owner, position) VALUES ($1, $2, $3::bigint)
     ON CONFLICT (consumer, owner) DO UPDATE
     SET position = greatest(events.cursors.position, excluded.position), updated_at = now()`,
    [reader, owner, String(position)],
  );
}
