import type { Pool } from 'pg';
import type { DeadLetters, WhichLetters } from '../events/dead-letters.js';
import type { RecordedEvent } from '../events/event.js';
import type { SqlExecutor } from './sql-executor.js';

/** Sets an event aside that could not be applied. */
export async function bury(
  sql: SqlExecutor,
  letter: {
    readonly consumer: string;
    readonly owner: string;
    readonly event: RecordedEvent;
    readonly error: unknown;
    readonly attempts: number;
  },
): Promise<void> {
  const { consumer, owner, event, error, attempts } = letter;
  await sql.query(
    `INSERT INTO events.dead_letters (consumer, event_id, owner, event, error, attempts)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6::integer)
     ON CONFLICT (consumer, event_id) DO UPDATE
     SET error = excluded.error, attempts = excluded.attempts, failed_at = now()`,
    [consumer, event.id, owner, JSON.stringify(event), String(error), String(attempts)],
  );
}

/** Notes that a letter could not be applied again. One that another replica has applied meanwhile stays gone. */
export async function keepLetter(
  sql: SqlExecutor,
  letter: {
    readonly consumer: string;
    readonly eventId: string;
    readonly error: unknown;
    readonly attempts: number;
  },
): Promise<void> {
  const { consumer, eventId, error, attempts } = letter;
  await sql.query(
    `UPDATE events.dead_letters SET error = $3, attempts = $4::integer, failed_at = now()
     WHERE consumer = $1 AND event_id = $2 AND attempts = 0`,
    [consumer, eventId, String(error), String(attempts)],
  );
}

/** The ids of dead letters that are to be tried again: an operator has put their attempts back to 0. */
export async function lettersToRetry(sql: SqlExecutor, consumer: string, owner: string): Promise<string[]> {
  const rows = await sql.query<{ event_id: string }>(
    `SELECT event_id FROM events.dead_letters WHERE consumer = $1 AND owner = $2 AND attempts = 0
     ORDER BY (event ->> 'position')::bigint LIMIT 100`,
    [consumer, owner],
  );
  return rows.map((row) => row.event_id);
}

/** Takes one of them out, for this transaction; undefined if another replica has it, or had it. */
export async function takeLetter(
  sql: SqlExecutor,
  consumer: string,
  eventId: string,
): Promise<RecordedEvent | undefined> {
  const [row] = await sql.query<{ event: RecordedEvent }>(
    `DELETE FROM events.dead_letters WHERE (consumer, event_id) = (
       SELECT consumer, event_id FROM events.dead_letters
       WHERE consumer = $1 AND event_id = $2 AND attempts = 0 FOR UPDATE SKIP LOCKED
     ) RETURNING event`,
    [consumer, eventId],
  );
  return row?.event;
}

interface LetterRow {
  readonly consumer: string;
  readonly event: RecordedEvent;
  readonly error: string;
  readonly attempts: number;
  readonly failed_at: Date;
}

/** The dead letters of a database that has the tables of `event-tables.sql`. */
export function postgresDeadLetters(pool: Pool): DeadLetters {
  const chosen = (which: WhichLetters): readonly [string, readonly unknown[]] =>
    which === 'all' ? ['true', []] : ['event_id = ANY($1)', [which]];
  const change = async (statement: string, which: WhichLetters): Promise<number> => {
    const [condition, values] = chosen(which);
    const { rowCount } = await pool.query(`${statement} WHERE ${condition}`, [...values]);
    return rowCount ?? 0;
  };
  return {
    async count() {
      const { rows } = await pool.query<{ letters: number }>(
        'SELECT count(*)::integer AS letters FROM events.dead_letters',
      );
      return rows[0]?.letters ?? 0;
    },
    async list(limit) {
      const { rows } = await pool.query<LetterRow>(
        `SELECT consumer, event, error, attempts, failed_at FROM events.dead_letters
         ORDER BY failed_at, event_id LIMIT $1`,
        [limit],
      );
      return rows.map(({ failed_at: failedAt, ...letter }) => ({ ...letter, failedAt }));
    },
    retry: (which) => change('UPDATE events.dead_letters SET attempts = 0', which),
    drop: (which) => change('DELETE FROM events.dead_letters', which),
  };
}
