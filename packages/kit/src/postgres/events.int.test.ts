import { type TestPostgres, testPostgres } from '@souk/testkit/postgres';
import { afterAll, beforeAll } from 'vitest';
import { inProcess, pull } from '../events/__fixtures__/connections.js';
import { describeTransportContract, type EventStoreProbe } from '../events/transport.contract.js';
import { createLogger } from '../log/index.js';
import {
  type Pool,
  appendEvents,
  createPool,
  createPostgresConsumer,
  createPostgresEventLog,
  eventTablesSql,
  pgExecutor,
  withTransaction,
} from './index.js';

const logger = createLogger({ level: 'silent' });
const OWNER = 'shop';

let database: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  database = await testPostgres('events');
  pool = createPool({ url: database.url, logger });
  await pool.query(eventTablesSql);
  await pool.query('CREATE TABLE ledger (consumer text, event_id text)');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const idsWhere = async (table: string, consumer: string): Promise<string[]> => {
  const rows = await pgExecutor(pool).query<{ event_id: string }>(
    `SELECT event_id FROM ${table} WHERE consumer = $1`,
    [consumer],
  );
  return rows.map((row) => row.event_id);
};

const store = (): EventStoreProbe => ({
  openLog: () => createPostgresEventLog({ pool, url: database.url, source: OWNER, logger }),
  write: (events, { fail = false } = {}) =>
    withTransaction(pool, async (sql) => {
      await appendEvents(sql, events);
      // Commits in another order than that of the identity numbers.
      await sql.query('SELECT pg_sleep(random() * 0.01)');
      if (fail) throw new Error('rolled back');
    }),
  openConsumer: (consumer, apply) =>
    createPostgresConsumer({
      pool,
      consumer,
      owner: OWNER,
      logger,
      maxAttempts: 4,
      handlers: {
        'thing.counted': async (sql, event) => {
          await sql.query('INSERT INTO ledger VALUES ($1, $2)', [consumer, event.id]);
          await apply?.(event);
        },
      },
    }),
  ledgerOf: (consumer) => idsWhere('ledger', consumer),
  deadLettersOf: (consumer) => idsWhere('events.dead_letters', consumer),
});

describeTransportContract('in process over PostgreSQL', { owner: OWNER, store, connect: inProcess(logger) });
describeTransportContract('by pull over PostgreSQL', { owner: OWNER, store, connect: pull(OWNER, logger) });
