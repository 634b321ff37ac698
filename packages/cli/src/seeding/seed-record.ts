import type { SeedOptions, Service, ServiceDeps } from '../services/service.js';

/**
 * Remembers in a service's own database that its demo data is complete: whoever brings another database, or deletes
 * one, gets it filled again, and a seed that was cut off is not taken for done.
 */
export interface SeedRecord {
  /** What the data was made with; undefined if it was not made, or not to the end. */
  read(): Promise<SeedOptions | undefined>;
  write(options: SeedOptions): Promise<void>;
  close(): Promise<void>;
}

/** @example const record = await openSeedRecord(service, deps); */
export const openSeedRecord = (
  { database }: Pick<Service, 'database'>,
  deps: Pick<ServiceDeps, 'databaseUrl' | 'mongo'>,
): Promise<SeedRecord> => (database === 'postgres' ? inPostgres(deps.databaseUrl) : inMongo(deps.mongo));

async function inPostgres(url: string): Promise<SeedRecord> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS souk_demo_data (products int NOT NULL, seed int NOT NULL)');
  return {
    async read() {
      const { rows } = await client.query<SeedOptions>('SELECT products, seed FROM souk_demo_data');
      return rows[0];
    },
    async write({ products, seed }) {
      await client.query(
        'WITH old AS (DELETE FROM souk_demo_data) INSERT INTO souk_demo_data VALUES ($1, $2)',
        [products, seed],
      );
    },
    close: () => client.end(),
  };
}

async function inMongo({ url, database }: ServiceDeps['mongo']): Promise<SeedRecord> {
  const { MongoClient } = await import('mongodb');
  const client = await new MongoClient(url, { retryWrites: false }).connect();
  const records = client.db(database).collection<SeedOptions & { _id: string }>('souk_demo_data');
  return {
    async read() {
      const record = await records.findOne({ _id: 'complete' });
      return record === null ? undefined : { products: record.products, seed: record.seed };
    },
    async write(options) {
      await records.replaceOne({ _id: 'complete' }, { ...options }, { upsert: true });
    },
    close: () => client.close(),
  };
}
