import { testPostgres } from '@souk/testkit/postgres';
import { createLogger } from '../../log/index.js';
import {
  type Pool,
  appendEvents,
  createPool,
  createPostgresConsumer,
  createPostgresEventLog,
  eventTablesSql,
  pgExecutor,
  withTransaction,
} from '../../postgres/index.js';
import type { EventStoreProbe } from '../transport.contract.js';

const logger = createLogger({ level: 'silent' });

/** A database with an outbox and a ledger, for the contract of transports. */
export interface PostgresStore extends EventStoreProbe {
  readonly pool: Pool;
  readonly url: string;
  idsIn(table: string, consumer: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function openPostgresStore(owner: string): Promise<PostgresStore> {
  const database = await testPostgres('events');
  const { url } = database;
  const pool = createPool({ url, logger });
  await pool.query(eventTablesSql);
  await pool.query('CREATE TABLE ledger (consumer text, event_id text)');

  const idsIn = async (table: string, consumer: string): Promise<string[]> => {
    const rows = await pgExecutor(pool).query<{ event_id: string }>(
      `SELECT event_id FROM ${table} WHERE consumer = $1`,
      [consumer],
    );
    return rows.map((row) => row.event_id);
  };
  return {
    pool,
    url,
    idsIn,
    openLog: () => createPostgresEventLog({ pool, url, source: owner, logger }),
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
        owner,
        logger,
        maxAttempts: 4,
        handlers: {
          'thing.counted': async (sql, event) => {
            await sql.query('INSERT INTO ledger VALUES ($1, $2)', [consumer, event.id]);
            await apply?.(event);
          },
        },
      }),
    ledgerOf: (consumer) => idsIn('ledger', consumer),
    deadLettersOf: (consumer) => idsIn('events.dead_letters', consumer),
    async retryDeadLetters(consumer) {
      await pool.query('UPDATE events.dead_letters SET attempts = 0 WHERE consumer = $1', [consumer]);
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}
