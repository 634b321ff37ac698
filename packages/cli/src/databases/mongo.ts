import path from 'node:path';
import type { Logger } from '@souk/kit/log';
import { ClearError } from '../clear-error.js';
import type { DatabaseServer } from './database-server.js';
import { reasonOf } from './reason-of.js';

/** Starts the embedded MongoDB server in a thread of its own; its data lies in the data folder. */
export async function startMongo(options: {
  readonly dataDir: string;
  readonly production: boolean;
  readonly logger: Logger;
}): Promise<DatabaseServer> {
  const { startEmbeddedMongo } = await import('@souk/embedded/mongo');
  const dataDir = path.join(options.dataDir, 'mongo-embedded');
  return startEmbeddedMongo({ ...options, dataDir, thread: true });
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
