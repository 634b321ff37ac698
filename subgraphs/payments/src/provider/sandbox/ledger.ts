import { type SqlExecutor, groupCommit, pgExecutor } from '@souk/kit/postgres';
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
      postings.every(({ kind }) => kind === 'AUTHORIZE')
        ? holdAll(pgExecutor(pool), postings, clock())
        : transaction((sql) => postAll(sql, postings, clock())),
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

/** A hold depends on nothing before it, so one statement is enough: shoppers wait for this one. */
async function holdAll(sql: SqlExecutor, postings: readonly Posting[], at: Date): Promise<Posted[]> {
  const asked = new Map(postings.map((posting) => [posting.key, post(posting, [], at)]));
  // Sorted, so that two groups with a key in common wait for each other instead of deadlocking.
  const keys = [...asked.keys()].sort();
  const added = await insertMovements(
    sql,
    keys.flatMap((key) => asked.get(key) ?? []),
  );
  const older = keys.filter((key) => !added.has(key));
  const found = older.length === 0 ? [] : await find(sql, 'key', older);
  const known = new Map(found.map((entry) => [entry.key, entry]));
  return postings.map((posting) => {
    const entry = known.get(posting.key) ?? asked.get(posting.key);
    if (!entry) throw new Error(`The entry ${posting.key} is missing although it was just made.`);
    return { entry: expectSame(entry, posting), isNew: added.has(posting.key) };
  });
}

const find = (sql: SqlExecutor, column: 'key' | 'order_id', values: readonly string[]): Promise<Movement[]> =>
  sql.query<Movement>(`SELECT ${COLUMNS} FROM sandbox.movements WHERE ${column} = ANY($1) ORDER BY number`, [
    values,
  ]);

async function postAll(sql: SqlExecutor, postings: readonly Posting[], at: Date): Promise<Posted[]> {
  const orderIds = [...new Set(postings.map(({ orderId }) => orderId))].sort();
  // What is posted about one payment happens one after the other. Sorted, so that groups do not deadlock.
  await sql.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('sandbox ' || id, 0))
     FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS list (id, n) ORDER BY n`,
    [JSON.stringify(orderIds)],
  );
  const entries = await find(sql, 'order_id', orderIds);
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

/**
 * Adds entries to the books; those whose key is there already stay as they are.
 *
 * @returns the keys of those that were added
 */
export async function insertMovements(
  sql: SqlExecutor,
  entries: readonly Movement[],
): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set();
  const rows = await sql.query<{ key: string }>(
    `INSERT INTO sandbox.movements
       (key, order_id, kind, outcome, amount_minor, currency, token, challenge_id, code, reason, at)
     SELECT key, "orderId", kind, outcome, "amountMinor", currency, token, "challengeId", code, reason, at
     FROM jsonb_to_recordset($1::jsonb) AS x (key text, "orderId" text, kind text, outcome text,
       "amountMinor" int, currency text, token text, "challengeId" text, code text, reason text, at timestamptz)
     ON CONFLICT (key) DO NOTHING RETURNING key`,
    [JSON.stringify(entries)],
  );
  return new Set(rows.map(({ key }) => key));
}
