import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import '../provided-context.js';

/** An empty database of its own for one test file. */
export interface TestPostgres {
  /** With the database: ready for a pool or a Prisma client. */
  readonly url: string;
  readonly database: string;
  /** Removes the database, cutting whatever is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes a fresh database on the server that all integration tests share. Only in `.int.test.ts` files.
 *
 * @param name tells whose it is in a list of databases: letters, digits and `_`
 * @example
 * const database = await testPostgres('orders');
 * afterAll(() => database.drop());
 */
export async function testPostgres(name: string): Promise<TestPostgres> {
  const base = inject('postgresUrl');
  const database = `test_${name.toLowerCase().replaceAll(/\W/g, '_')}_${randomBytes(6).toString('hex')}`;
  await asAdmin(base, `CREATE DATABASE "${database}"`);
  return {
    url: `${base}/${database}`,
    database,
    drop: () => asAdmin(base, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`),
  };
}

async function asAdmin(base: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${base}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
