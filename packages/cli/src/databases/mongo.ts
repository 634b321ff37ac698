import type { Logger } from '@souk/kit/log';
import { ClearError } from '../clear-error.js';
import type { DatabaseServer } from './database-server.js';
import { reasonOf } from './reason-of.js';

/** What {@link openMongo} needs. */
export interface MongoServerOptions {
  readonly given: string | undefined;
  readonly dataDir: string;
  readonly production: boolean;
  readonly logger: Logger;
}

/** The MongoDB server that was given, or the embedded one in a thread of its own. */
export async function openMongo(options: MongoServerOptions): Promise<DatabaseServer> {
  const { given, production, logger } = options;
  if (given !== undefined) return { url: given, stop: async () => {} };
  const { startEmbeddedMongo } = await import('@souk/embedded/mongo');
  return startEmbeddedMongo({
    dataDir: `${options.dataDir}/mongo-embedded`,
    production,
    logger,
    thread: true,
  });
}

/** @throws ClearError that says why the server of `MONGODB_URL` does not let us in */
export async function checkMongo(url: string): Promise<void> {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 });
  try {
    await client.connect();
    await client.db('admin').command({ ping: 1 });
  } catch (error) {
    throw new ClearError(
      `MONGODB_URL: no MongoDB server lets us in at ${hostOf(url)} (${reasonOf(error)}). ` +
        'Start it or correct the URL, or unset MONGODB_URL to use the embedded server.',
      { cause: error },
    );
  } finally {
    await client.close();
  }
}

/** A list of hosts is no URL for Node, so the part after the password is cut out by hand. */
const hostOf = (url: string): string => /^[^/]+\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1] ?? 'that address';
