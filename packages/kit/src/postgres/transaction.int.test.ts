import { type TestPostgres, testPostgres } from '@souk/testkit/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../log/index.js';
import { type Pool, type SqlExecutor, createPool, pgExecutor, withTransaction } from './index.js';

let database: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  database = await testPostgres('transaction');
  pool = createPool({ url: database.url, logger: createLogger({ level: 'silent' }) });
  await pool.query('CREATE TABLE counters (id text PRIMARY KEY, value bigint NOT NULL)');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const valueOf = async (id: string) =>
  (await pgExecutor(pool).query<{ value: number }>('SELECT value FROM counters WHERE id = $1', [id]))[0]
    ?.value;

test('commits what resolves and rolls back what rejects', async () => {
  await withTransaction(pool, (sql) => sql.query(`INSERT INTO counters VALUES ('kept', 9007199254740991)`));
  await expect(
    withTransaction(pool, async (sql) => {
      await sql.query(`INSERT INTO counters VALUES ('dropped', 1)`);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect([await valueOf('kept'), await valueOf('dropped')]).toEqual([9007199254740991, undefined]);
});

test('ten serializable writers of one row all succeed in the end', async () => {
  await pool.query(`INSERT INTO counters VALUES ('shared', 0)`);
  const addOne = () =>
    withTransaction(
      pool,
      async (sql) => {
        const [row] = await sql.query<{ value: number }>(`SELECT value FROM counters WHERE id = 'shared'`);
        await sql.query(`UPDATE counters SET value = $1 WHERE id = 'shared'`, [(row?.value ?? 0) + 1]);
      },
      { isolation: 'serializable', retries: 100 },
    );
  await Promise.all(Array.from({ length: 10 }, addOne));
  expect(await valueOf('shared')).toBe(10);
});

test('a swallowed SQL error does not pass for a commit', async () => {
  await expect(
    withTransaction(pool, async (sql) => {
      await sql.query(`INSERT INTO counters VALUES ('swallowed', 1)`);
      await sql.query('SELECT nonsense').catch(() => {});
    }),
  ).rejects.toThrow(/nothing was committed/);
  expect(await valueOf('swallowed')).toBeUndefined();
});

test('a connection cut by the server harms neither the process nor the next transaction', async () => {
  await expect(
    withTransaction(pool, (sql) => sql.query('SELECT pg_terminate_backend(pg_backend_pid())')),
  ).rejects.toThrow();
  expect(await withTransaction(pool, (sql) => sql.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
});

test('a transaction that stands still gives its rows back, and is not committed', async () => {
  await pool.query(`INSERT INTO counters VALUES ('waited for', 0)`);
  const logger = createLogger({ level: 'silent' });
  const impatient = createPool({ url: database.url, logger, idleTransactionMs: 2_000 });
  const set = (sql: SqlExecutor, value: number) =>
    sql.query(`UPDATE counters SET value = $1 WHERE id = 'waited for'`, [value]);
  let goOn = (): void => {};
  const thawed = new Promise<void>((resolve) => (goOn = resolve));
  /** A transaction that has the row; undefined if the machine paused so long that it was ended before. */
  const freeze = async (): Promise<{ readonly end: Promise<void> } | undefined> => {
    let isHeld = (): void => {};
    const held = new Promise<true>((resolve) => (isHeld = () => resolve(true)));
    const end = withTransaction(impatient, async (sql) => {
      await set(sql, 1);
      isHeld();
      await thawed;
      await set(sql, 2);
    });
    return (await Promise.race([held, end.catch(() => {})])) ? { end } : undefined;
  };
  let frozen: Awaited<ReturnType<typeof freeze>>;
  do frozen = await freeze();
  while (!frozen);
  await withTransaction(pool, (sql) => set(sql, 3));
  goOn();
  await expect(frozen.end).rejects.toThrow();
  expect(await valueOf('waited for')).toBe(3);
  // The pool has another connection in its place.
  expect(await withTransaction(impatient, (sql) => sql.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  await impatient.end();
});

test('a table that changes under a prepared statement is read as it is now, in and out of transactions', async () => {
  await pool.query(`CREATE TABLE growing (id text PRIMARY KEY); INSERT INTO growing VALUES ('a')`);
  const read = (sql: SqlExecutor) => sql.query('SELECT * FROM growing WHERE id = $1', ['a']);
  // Every connection of the pool has the statement.
  const onAll = (work: () => Promise<unknown>) => Promise.all(Array.from({ length: 10 }, work));
  await onAll(() => withTransaction(pool, read));
  expect(await read(pgExecutor(pool))).toEqual([{ id: 'a' }]);
  await pool.query(`ALTER TABLE growing ADD COLUMN size int NOT NULL DEFAULT 1`);
  expect(await onAll(() => read(pgExecutor(pool)))).toEqual(Array(10).fill([{ id: 'a', size: 1 }]));
  await pool.query(`ALTER TABLE growing ADD COLUMN colour text NOT NULL DEFAULT 'red'`);
  expect(await onAll(() => withTransaction(pool, read))).toEqual(
    Array(10).fill([{ id: 'a', size: 1, colour: 'red' }]),
  );
  await pool.query('DROP TABLE growing');
});

test('a statement is prepared once a connection', async () => {
  const [one] = await withTransaction(pool, async (sql) => {
    for (const id of ['a', 'b', 'c']) await sql.query('SELECT value FROM counters WHERE id = $1', [id]);
    return sql.query<{ count: number }>(
      `SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT value FROM counters WHERE id = $1'`,
    );
  });
  expect(one).toEqual({ count: 1 });
});
