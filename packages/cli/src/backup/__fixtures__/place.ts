import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedMongo } from '@souk/embedded/mongo';
import { startEmbeddedPostgres } from '@souk/embedded/postgres';
import { ensureDatabase } from '@souk/kit/postgres';
import { silentLogger } from '@souk/testkit/logger';
import { MongoClient, type Db } from 'mongodb';
import pg from 'pg';
import type { Steps } from '../../console/steps.js';
import type { Servers } from '../../databases/start-databases.js';
import { databasesOf } from '../../services/databases-of.js';

/** Two servers of its own, as a shop has them. */
export interface Place {
  readonly servers: Servers;
  readonly mongo: MongoClient;
  /** A service's PostgreSQL database, made if it is not there. */
  pool(service: string): Promise<pg.Pool>;
  urlOf(service: string): string;
  collections(service: string): Db;
  /** Closes what `pool` has opened: a database in use cannot be dropped. */
  closePools(): Promise<void>;
  stop(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-place-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, logger: silentLogger, durability: 'test' });
  const mongoServer = await startEmbeddedMongo({ production: false });
  const mongo = await new MongoClient(mongoServer.url, { retryWrites: false }).connect();
  const servers = { postgres: postgres.url, mongo: mongoServer.url };
  const pools = new Map<string, pg.Pool>();
  const closePools = async (): Promise<void> => {
    for (const pool of pools.values()) await pool.end();
    pools.clear();
  };
  const urlOf = (service: string): string => databasesOf(service, servers).databaseUrl;
  return {
    servers,
    mongo,
    urlOf,
    async pool(service) {
      await ensureDatabase(urlOf(service));
      const known = pools.get(service);
      if (known) return known;
      const pool = new pg.Pool({ connectionString: urlOf(service), max: 4, idleTimeoutMillis: 0 });
      // The server may say goodbye to a connection that is just closing: whatever was asked has rejected by then.
      pool.on('error', () => {});
      pool.on('connect', (client) => client.on('error', () => {}));
      pools.set(service, pool);
      return pool;
    },
    collections: (service) => mongo.db(databasesOf(service, servers).mongo.database),
    closePools,
    async stop() {
      await closePools();
      await mongo.close();
      await mongoServer.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Says nothing. */
export const quietSteps: Steps = { say: () => {}, run: (_title, work) => work() };
