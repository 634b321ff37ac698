import path from 'node:path';
import type { Logger } from '@souk/kit/log';
import { ClearError } from '../clear-error.js';
import { ifThere } from '../launch/built-folders.js';
import type { DatabaseServer } from './database-server.js';
import { reasonOf } from './reason-of.js';

/**
 * Starts a MongoDB server whose data lies in the data folder: a real `mongod` if this machine has one, else the embedded
 * one in a thread of its own. Data that one of them has kept here decides, so that installing `mongod` later does not
 * hide the shop's data.
 *
 * @throws ClearError for data of a `mongod` that is gone
 */
export async function startMongo(options: {
  readonly dataDir: string;
  readonly production: boolean;
  readonly searchPath: string | undefined;
  readonly logger: Logger;
}): Promise<DatabaseServer> {
  const { production, logger } = options;
  const embeddedData = path.join(options.dataDir, 'mongo-embedded');
  const realData = path.join(options.dataDir, 'mongod');
  const { findMongod, startEmbeddedMongo, startRealMongod } = await import('@souk/embedded/mongo');
  const binary = (await ifThere(embeddedData)) ? undefined : await findMongod(options.searchPath);
  if (binary !== undefined) return startRealMongod({ binary, dataDir: realData, logger });
  if (await ifThere(realData)) {
    throw new ClearError(
      `The data in ${realData} was written by mongod, which is not on the PATH any more. ` +
        'Install it again, set MONGODB_URL, or set SOUK_DATA_DIR to another folder.',
    );
  }
  return startEmbeddedMongo({ dataDir: embeddedData, production, logger, thread: true });
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
