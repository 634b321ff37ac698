import { type SqlExecutor, groupCommit } from '@souk/kit/postgres';
import type { PaymentsDatabase } from '../../store/database.js';
import type { Movement } from './movement.js';
import { type Posting, post } from './post.js';

/** What a posting led to: its entry, and all of the payment's. */
export interface Posted {
  readonly entry: Movement;
  /** False if the call had been made before. */
  readonly isNew: boolean;
}

/** The sandbox's books. */
export interface Ledger {
  /**
   * Writes an entry down, or finds the one that the same key made before. Durable when it resolves, in a transaction
   * of its own.
   *
   * @throws Error if the key was used for something else
   */
  post(posting: Posting): Promise<Posted>;
  /** A payment's entries, oldest first. */
  entriesOf(orderId: string): Promise<readonly Movement[]>;
  /** The hold that waits, or waited, under a challenge. */
  challenged(challengeId: string): Promise<Movement | undefined>;
  /** Counts a call that fails before anything is written down, and tells how many there were. */
  countFault(key: string): Promise<number>;
}

const COLUMNS = `key, order_id AS "orderId", kind, outcome, amount_minor AS "amountMinor", currency, token,
  challenge_id AS "challengeId", code, reason, at`;

/** @example const { entry, isNew } = await openLedger(database, clock).post({ key: 'o1:capture', kind: 'CAPTURE', … }); */
export function openLedger(
  { pool, transaction }: Pick<PaymentsDatabase, 'pool' | 'transaction'>,
  clock: () => Date,
): Ledger {
  const read = async (where: string, parameter: string): Promise<Movement[]> => {
    const text = `SELECT ${COLUMNS} FROM sandbox.movements WHERE ${where} = $1 ORDER BY number`;
    return (await pool.query<Movement>(text, [parameter])).rows;
  };
  return {
    post: groupCommit((postings: readonly Posting[]) =>
      transaction((sql) => postAll(sql, postings, clock())),
    ),
    entriesOf: (orderId) => read('order_id', orderId),
    challenged: async (challengeId) => (await read('challenge_id', challengeId))[0],
    async countFault(key) {
      const { rows } = await pool.query<{ calls: number }>(
        `INSERT INTO sandbox.faults (key, calls) VALUES ($1, 1)
         ON CONFLICT (key) DO UPDATE SET calls = faults.calls + 1 RETURNING calls`,
        [key],
      );
      return rows[0]?.calls ?? 0;
    },
  };
}

async function postAll(sql: SqlExecutor, postings: readonly Posting[], at: Date): Promise<Posted[]> {
  const orderIds = [...new Set(postings.map(({ orderId }) => orderId))].sort();
  // What is posted about one payment happens one after the other. Sorted, so that groups do not deadlock.
  await sql.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('sandbox ' || id, 0))
     FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS list (id, n) ORDER BY n`,
    [JSON.stringify(orderIds)],
  );
  const found = await sql.query<Movement>(
    `SELECT ${COLUMNS} FROM sandbox.movements WHERE order_id = ANY($1) ORDER BY number`,
    [orderIds],
  );
  const entries = [...found];
  const posted = postings.map((posting): Posted => {
    const known = entries.find(({ key }) => key === posting.key);
    if (known) return { entry: expectSame(known, posting), isNew: false };
    const entry = post(
      posting,
      entries.filter(({ orderId }) => orderId === posting.orderId),
      at,
    );
    entries.push(entry);
    return { entry, isNew: true };
  });
  await insertMovements(
    sql,
    posted.filter(({ isNew }) => isNew).map(({ entry }) => entry),
  );
  return posted;
}

function expectSame(entry: Movement, { key, amount }: Posting): Movement {
  if (entry.amountMinor === amount.amountMinor && entry.currency === amount.currency) return entry;
  throw new Error(`The idempotency key ${key} was used for another amount. Take a new key for another call.`);
}

/** Adds entries to the books; those whose key is there already stay as they are. */
export async function insertMovements(sql: SqlExecutor, entries: readonly Movement[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO sandbox.movements
       (key, order_id, kind, outcome, amount_minor, currency, token, challenge_id, code, reason, at)
     SELECT key, "orderId", kind, outcome, "amountMinor", currency, token, "challengeId", code, reason, at
     FROM jsonb_to_recordset($1::jsonb) AS x (key text, "orderId" text, kind text, outcome text,
       "amountMinor" int, currency text, token text, "challengeId" text, code text, reason text, at timestamptz)
     ON CONFLICT (key) DO NOTHING`,
    [JSON.stringify(entries)],
  );
}
