import { databaseUrl } from '@souk/kit/postgres';
import pg from 'pg';

/** A role that can read everything and change nothing. */
const READER = 'souk_reader';

/** Reads the databases of services, and cannot do more. */
export interface Reader {
  query<Row>(service: string, sql: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * @param url the PostgreSQL server, as somebody who may create roles
 */
export async function openReader(url: string): Promise<Reader> {
  const admin = new pg.Client({ connectionString: `${url}/postgres` });
  await admin.connect();
  await admin.query(
    `DO $$ BEGIN CREATE ROLE ${READER} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
  );
  await admin.query(`GRANT pg_read_all_data TO ${READER}`);
  await admin.end();
  const asReader = new URL(url);
  asReader.username = READER;
  const pools = new Map<string, pg.Pool>();
  const poolOf = (service: string): pg.Pool => {
    let pool = pools.get(service);
    if (!pool) {
      pool = new pg.Pool({ connectionString: databaseUrl(asReader.href, service), max: 2 });
      pool.on('error', () => {}); // A broken connection is replaced by the next query.
      pools.set(service, pool);
    }
    return pool;
  };
  return {
    async query<Row>(service: string, sql: string, values: readonly unknown[] = []) {
      const { rows } = await poolOf(service).query(sql, [...values]);
      // The caller's SQL says what a row is.
      return rows as Row[];
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}
