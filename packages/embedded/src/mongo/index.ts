import type { EmbeddedMongo, EmbeddedMongoOptions } from './options.js';
import { startHere } from './start.js';
import { startInThread } from './thread.js';

export type { EmbeddedMongo, EmbeddedMongoOptions, Logger } from './options.js';
export type { Durability } from './storage/log.js';
export { FolderInUse } from './storage/lock.js';
export { findMongod } from './real/find-mongod.js';
export { startRealMongod, type RealMongodOptions } from './real/start-real-mongod.js';

/**
 * Starts the embedded MongoDB-wire server, for development and tests. What it understands is written in SUBSET.md;
 * everything else is answered with an error.
 *
 * @throws FolderInUse when another server has the data folder
 * @throws Error in production, on a host that is not loopback, when the port is taken or the data is damaged
 *
 * @example
 * const mongo = await startEmbeddedMongo({ production: false });
 * const client = new MongoClient(mongo.url);
 */
export function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  return options.thread === true ? startInThread(options) : startHere(options);
}
