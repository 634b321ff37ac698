import { createInProcessTransport, type DomainEvent, type EventTransport } from '@souk/kit/events';
import { createMongoConsumer, createMongoEventLog, pendingPush, prepareEvents } from '@souk/kit/mongo';
import {
  appendEvents,
  createPostgresConsumer,
  createPostgresEventLog,
  eventTablesSql,
  withTransaction,
} from '@souk/kit/postgres';
import { silentLogger as logger } from '@souk/testkit/logger';
import type { Place } from './place.js';

/** Makes the databases of a service that sells (PostgreSQL) and of one that counts (MongoDB). */
export async function prepareShop(place: Place, shop: string, stock: string): Promise<void> {
  const pool = await place.pool(shop);
  await pool.query(`${eventTablesSql}; CREATE TABLE sales (id TEXT PRIMARY KEY, units INT NOT NULL)`);
  await prepareEvents(place.collections(stock), ['items']);
}

const event = (source: string, id: string, version: number): DomainEvent => ({
  id,
  type: 'unit.sold',
  source,
  aggregateId: 'lamp',
  version,
  occurredAt: '2026-01-01T00:00:00.000Z',
  correlationId: id,
  payload: { units: 1 },
});

/** Writes a sale and its event in one transaction. */
export async function sell(place: Place, shop: string, id: string): Promise<void> {
  await withTransaction(await place.pool(shop), async (sql) => {
    await sql.query('INSERT INTO sales VALUES ($1, 1)', [id]);
    await appendEvents(sql, [event(shop, id, 1)]);
  });
}

/**
 * Both services as they run in a shop: each publishes, stock counts what is sold, and the shop hears of it.
 *
 * @param transport closed at the end @default in process
 */
export async function run(
  place: Place,
  shop: string,
  stock: string,
  transport: EventTransport = createInProcessTransport({ logger, maxBackoffMs: 50 }),
) {
  const pool = await place.pool(shop);
  const database = place.collections(stock);
  const items = database.collection<{ _id: string; seen: string[] }>('items');
  const shopLog = createPostgresEventLog({ pool, url: place.urlOf(shop), source: shop, logger, pollMs: 50 });
  const stockLog = createMongoEventLog({
    database,
    source: stock,
    collections: ['items'],
    logger,
    pollMs: 50,
  });
  await Promise.all([shopLog.start(), stockLog.start()]);
  transport.attach(shop, shopLog);
  transport.attach(stock, stockLog);
  const count = async ({ id }: { readonly id: string }): Promise<void> => {
    await items.updateOne(
      { _id: 'lamp' },
      {
        $addToSet: { seen: id },
        $push: pendingPush([{ ...event(stock, `counted ${id}`, 1), type: 'unit.counted' }]),
        $set: { unrelayed: true },
      },
      { upsert: true },
    );
  };
  const running = [
    transport.subscribe(
      createMongoConsumer({
        database,
        consumer: stock,
        owner: shop,
        logger,
        handlers: { 'unit.sold': count },
      }),
    ),
    transport.subscribe(
      createPostgresConsumer({
        pool,
        consumer: shop,
        owner: stock,
        logger,
        handlers: {
          'unit.counted': async (sql, { id }) => {
            await sql.query('UPDATE sales SET units = units + 100 WHERE id = $1', [
              id.slice('counted '.length),
            ]);
          },
        },
      }),
    ),
  ];
  return {
    /** Sales whose event went to stock and came back. */
    async counted(): Promise<number> {
      const { rows } = await pool.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM sales WHERE units = 101',
      );
      return rows[0]?.n ?? 0;
    },
    async stop() {
      for (const one of running) await one.stop();
      await transport.close();
      await Promise.all([shopLog.stop(), stockLog.stop()]);
    },
  };
}
