import { mkdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@souk/kit/log';
import { findPostgres } from './binaries.js';
import { claimPort, loadConnection } from './connection.js';
import { chooseIdentity, giveDataTo } from './identity.js';
import { initCluster } from './init-cluster.js';
import { clearLeftOver } from './left-over.js';
import {
  type ServerOptions,
  type ServerProcess,
  ServerFailed,
  sizeOf,
  startServer,
} from './server-process.js';
import type { Durability } from './settings.js';

export interface EmbeddedPostgresOptions {
  /** Everything the server keeps: data, password (0600), log. Made if missing. Only one owner at a time. */
  readonly dataDir: string;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly durability: Durability;
}

/** A real PostgreSQL server on 127.0.0.1. */
export interface EmbeddedPostgres {
  /** Without a database: `postgres://postgres:<password>@127.0.0.1:<port>`; append `/<database>`. */
  readonly url: string;
  readonly port: number;
  /** The server's present process number; it changes if the server had to be started again. */
  pid(): number;
  /** Ends the server in order, after connections are cut. Safe to call twice. */
  stop(): Promise<void>;
}

/** After a kill, the kernel needs a moment to clear away what holds the cluster. */
const LOCKED_LIMIT_MS = 15_000;
const LOG_LIMIT_BYTES = 2_000_000;
/** A server that dies, or does not start again, more often within a minute is left alone for one. */
const RESTARTS_PER_MINUTE = 5;
const MINUTE_MS = 60_000;
/** What kept it from starting, a port or a full disk, may pass. */
const PAUSE_MS = 2_000;

/**
 * Starts PostgreSQL from the binaries that npm installed, makes its data on the first start, and recovers from
 * whatever an earlier run left behind. A server that dies is started again on the same port.
 *
 * @throws Error with one clear line if it cannot run here.
 * @example
 * const postgres = await startEmbeddedPostgres({ dataDir: '.souk/postgres', logger, durability: 'full' });
 * const pool = new pg.Pool({ connectionString: `${postgres.url}/postgres` });
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { durability, logger } = options;
  const dataDir = path.resolve(options.dataDir);
  const cluster = path.join(dataDir, 'cluster');
  const logFile = path.join(dataDir, 'postgres.log');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const binaries = await findPostgres();
  const [identity, remembered] = await Promise.all([
    chooseIdentity(binaries.initdb, dataDir),
    loadConnection(dataDir),
  ]);
  const { password } = remembered;
  await initCluster({ dataDir, cluster, password, binaries, identity, sync: durability === 'full' });
  await giveDataTo(identity, cluster);
  await clearLeftOver(cluster, logger);
  if ((await sizeOf(logFile)) > LOG_LIMIT_BYTES) await truncate(logFile);
  const { port } = await claimPort(dataDir, remembered);
  const server = await superviseServer({ cluster, logFile, port, durability, binaries, identity }, logger);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}`,
    port,
    pid: server.pid,
    stop: server.stop,
  };
}

async function superviseServer(
  options: ServerOptions,
  logger: EmbeddedPostgresOptions['logger'],
): Promise<Pick<EmbeddedPostgres, 'pid' | 'stop'>> {
  let server = await startPatiently(options, logger);
  let stopping: Promise<void> | undefined;
  const stopped = new AbortController();
  const pause = (ms: number): Promise<void> =>
    delay(ms, undefined, { signal: stopped.signal }).catch(() => {});
  let restarts: number[] = [];

  const watch = async (): Promise<void> => {
    while (stopping === undefined) {
      await server.ended;
      if (stopping !== undefined) return;
      const now = performance.now();
      restarts = [...restarts.filter((at) => at > now - MINUTE_MS), now];
      if (restarts.length > RESTARTS_PER_MINUTE) {
        logger.error(
          { log: options.logFile },
          'PostgreSQL keeps dying; see its log; it is tried again in a minute',
        );
        await pause(MINUTE_MS);
        if (stopping !== undefined) return;
      }
      logger.warn({ log: options.logFile }, 'PostgreSQL ended unexpectedly; starting it again');
      try {
        server = await startPatiently(options, logger);
      } catch (error) {
        logger.error(
          { err: error },
          'PostgreSQL could not be started again; it is tried once more in a moment',
        );
        await pause(PAUSE_MS);
      }
    }
  };
  const watching = watch();
  return {
    pid: () => server.pid,
    stop: () =>
      (stopping ??= (async () => {
        stopped.abort();
        await server.stop();
        await watching;
        await server.stop(); // The watcher may have been starting another one just now.
      })()),
  };
}

async function startPatiently(
  options: ServerOptions,
  logger: EmbeddedPostgresOptions['logger'],
): Promise<ServerProcess> {
  const deadline = performance.now() + LOCKED_LIMIT_MS;
  for (;;) {
    try {
      return await startServer(options);
    } catch (error) {
      const retry = error instanceof ServerFailed && error.locked && performance.now() < deadline;
      if (!retry) throw error;
      await delay(300);
      await clearLeftOver(options.cluster, logger);
    }
  }
}
