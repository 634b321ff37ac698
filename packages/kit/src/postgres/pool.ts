import pg from 'pg';
import type { Logger } from '../log/logger.js';
import { isTracing } from '../telemetry/start-telemetry.js';
import { traceQueries } from './traced-client.js';

const INT8 = 20;

/** Reads `int8` as a number and refuses what a number cannot hold exactly. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`int8 ${text} is beyond 2^53 and would lose digits. Select it with ::text.`);
}

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? parseInt8
      : // pg's own overloads differ only in the literal types of `format`.
        (pg.types.getTypeParser as (oid: number, format?: string) => unknown)(
          oid,
          format,
        )) as typeof pg.types.getTypeParser,
};

/** What {@link createPool} needs. */
export interface PoolOptions {
  readonly url: string;
  readonly logger: Logger;
  /** Most connections. @default 10 */
  readonly max?: number;
  /** Longest wait for a connection, in milliseconds. @default 5_000 */
  readonly connectTimeoutMs?: number;
  /**
   * How long a transaction may stand still before the server ends it, in milliseconds: a process that is frozen or cut off
   * would hold its rows for as long as its connection lives. 0 lets it. @default 30_000
   */
  readonly idleTransactionMs?: number;
  /** Shown in `pg_stat_activity`. @default 'souk' */
  readonly name?: string;
}

/**
 * A connection pool. `int8` comes back as a number (money, positions and counts stay far below 2^53; a value beyond
 * it is an error, never rounded); `numeric`, which `sum(int8)` gives, stays a string: cast it in SQL.
 *
 * @example const pool = createPool({ url: config.DATABASE_URL, logger });
 */
export function createPool(options: PoolOptions): pg.Pool {
  const { url, logger, max = 10, connectTimeoutMs = 5_000, name = 'souk' } = options;
  const { idleTransactionMs = 30_000 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 30_000,
    idle_in_transaction_session_timeout: idleTransactionMs,
    application_name: name,
    // A host that vanished without a word is noticed in minutes, not in the kernel's two hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    types,
  });
  // Without a listener an idle connection that the server closes would end the process.
  pool.on('error', (error) => {
    // A connection that is being closed may hear first that the server closes, too.
    if (pool.ending) return;
    // The error itself carries the whole client.
    const { message, code } = error as Error & { code?: string };
    logger.warn({ reason: message, code }, 'lost an idle database connection');
  });
  // The same for a connection that is cut while it is checked out; the query in progress rejects by itself.
  pool.on('connect', (client) => client.on('error', () => {}));
  if (isTracing()) {
    const database = new URL(url).pathname.slice(1);
    pool.on('connect', (client) => traceQueries(client, database));
  }
  return pool;
}
