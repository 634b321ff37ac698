import { randomBytes } from 'node:crypto';
import { startEmbeddedMongo } from '@souk/embedded/mongo';
import { MongoClient } from 'mongodb';
import { silentLogger } from '../logger/silent-logger.js';

/** An empty database of its own for one test file. */
export interface TestMongo {
  /** With the database: `mongodb://127.0.0.1:<port>/<database>`. */
  readonly url: string;
  readonly database: string;
  /** Removes the database and ends what was started for it. */
  stop(): Promise<void>;
}

/**
 * Makes a fresh database: in memory on an embedded server of its own, or on the server of `MONGODB_URL`.
 *
 * @param name tells whose it is: letters, digits and `_`
 * @example
 * const mongo = await testMongo('inventory');
 * afterAll(() => mongo.stop());
 */
export async function testMongo(name: string): Promise<TestMongo> {
  const database = `test_${name}_${randomBytes(6).toString('hex')}`;
  const given = process.env['MONGODB_URL'];
  if (given !== undefined && given !== '') {
    return { url: withDatabase(given, database), database, stop: () => dropDatabase(given, database) };
  }
  const server = await startEmbeddedMongo({
    host: '127.0.0.1',
    port: 0,
    production: false,
    logger: silentLogger,
  });
  return { url: withDatabase(server.url, database), database, stop: () => server.stop() };
}

function withDatabase(base: string, database: string): string {
  const url = new URL(base);
  // A user is looked up in the database of the path unless told otherwise.
  if (url.username !== '' && !url.searchParams.has('authSource')) {
    url.searchParams.set('authSource', url.pathname.slice(1) || 'admin');
  }
  url.pathname = `/${database}`;
  return url.href;
}

async function dropDatabase(url: string, database: string): Promise<void> {
  const client = await new MongoClient(url).connect();
  try {
    await client.db(database).dropDatabase();
  } finally {
    await client.close();
  }
}
