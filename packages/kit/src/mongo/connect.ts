import { type Db, MongoClient, MongoNetworkTimeoutError, MongoServerSelectionError } from 'mongodb';
import { withDeadline } from '../lifecycle/deadline.js';
import type { Logger } from '../log/logger.js';
import { isTracing } from '../telemetry/start-telemetry.js';
import { traceCommands } from './trace-commands.js';

/** What {@link connectMongo} needs. */
export interface MongoOptions {
  readonly url: string;
  /** The subgraph's own database, for example `souk_inventory`. */
  readonly database: string;
  readonly logger: Logger;
  /** Longest wait for a server, in milliseconds, at the start and for each operation. @default 5_000 */
  readonly serverSelectionTimeoutMs?: number;
  /** Most connections. @default 20 */
  readonly maxPoolSize?: number;
}

/** Soon enough for whoever asks whether the service is ready. */
const PING_TIMEOUT_MS = 2_000;

/** A connected database. */
export interface MongoConnection {
  readonly database: Db;
  /** @throws Error if the server does not answer within 2 s */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects, and proves it with a ping. Retryable writes are off: a standalone server has none, and every write of
 * ours is guarded so that it can be repeated.
 *
 * One that is only late is asked a second time.
 *
 * @throws Error if no server answers in time
 * @example const mongo = await connectMongo({ url: config.MONGODB_URL, database: 'souk_inventory', logger });
 */
export async function connectMongo(options: MongoOptions): Promise<MongoConnection> {
  const { database, logger } = options;
  try {
    return await connectOnce(options).catch((error: unknown) => {
      if (!isOnlyLate(error)) throw error;
      logger.warn({ err: error, database }, 'mongodb has not answered in time, asking once more');
      return connectOnce(options);
    });
  } catch (cause) {
    const why = `No MongoDB answers for the database ${database}. Check MONGODB_URL and that the server is up.`;
    throw new Error(why, { cause });
  }
}

/** @throws what the driver throws */
async function connectOnce(options: MongoOptions): Promise<MongoConnection> {
  const { url, database: name, logger, serverSelectionTimeoutMs = 5_000, maxPoolSize = 20 } = options;
  const client = new MongoClient(url, {
    appName: name,
    maxPoolSize,
    serverSelectionTimeoutMS: serverSelectionTimeoutMs,
    connectTimeoutMS: serverSelectionTimeoutMs,
    retryWrites: false,
    // An event may be read by others as soon as it is acknowledged: it must then outlive the server's death.
    writeConcern: { w: 'majority', journal: true },
    // An undefined field in a filter or document is a mistake of ours, not a null.
    ignoreUndefined: true,
    monitorCommands: isTracing(),
  });
  if (isTracing()) traceCommands(client);
  const database = client.db(name);
  const ping = async (timeoutMs = PING_TIMEOUT_MS): Promise<void> => {
    await withDeadline(database.command({ ping: 1 }), timeoutMs, `Asking MongoDB whether it is there`);
  };
  try {
    await client.connect();
    await ping(serverSelectionTimeoutMs);
  } catch (error) {
    await client.close().catch(() => {});
    throw error;
  }
  logOutages(client, logger);
  return { database, ping: () => ping(), close: () => client.close() };
}

/**
 * Whether no server refused, but the answer did not come in time: while a process loads all its code, its clock may run out
 * although the answer is there.
 */
function isOnlyLate(error: unknown): boolean {
  if (!(error instanceof MongoServerSelectionError)) return false;
  const servers = [...(error.reason?.servers.values() ?? [])];
  return servers.every(
    ({ error: trouble }) => trouble === null || trouble instanceof MongoNetworkTimeoutError,
  );
}

/** One line when the server goes away and one when it is back; what fails meanwhile tells of itself. */
function logOutages(client: MongoClient, logger: Logger): void {
  let away = false;
  client.on('serverHeartbeatFailed', ({ failure }) => {
    if (!away) logger.warn({ err: failure }, 'mongodb does not answer');
    away = true;
  });
  client.on('serverHeartbeatSucceeded', () => {
    if (away) logger.info('mongodb answers again');
    away = false;
  });
}
