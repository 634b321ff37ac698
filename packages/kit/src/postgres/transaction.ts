import type { Pool } from 'pg';
import { backoff } from '../lifecycle/backoff.js';
import { sleep } from '../lifecycle/sleep.js';
import { isPlanOutdated, isSerializationFailure } from './failures.js';
import { type PrismaRawClient, type SqlExecutor, pgExecutor, prismaExecutor } from './sql-executor.js';

/** Runs work in one transaction: committed when it resolves, rolled back when it rejects. */
export type RunInTransaction<Sql extends SqlExecutor = SqlExecutor> = <T>(
  work: (sql: Sql) => Promise<T>,
) => Promise<T>;

/** How a transaction is run. */
export interface TransactionOptions {
  /** @default 'read committed' */
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** How often to run it again after a serialization failure or a deadlock. @default 5 */
  readonly retries?: number;
}

async function retrying<T>(attempt: () => Promise<T>, retries: number): Promise<T> {
  for (let failures = 0; ;) {
    try {
      return await attempt();
    } catch (error) {
      failures += 1;
      if (failures > retries || !(isSerializationFailure(error) || isPlanOutdated(error))) throw error;
      await sleep(backoff(failures, { minMs: 10, maxMs: 500 }));
    }
  }
}

/**
 * Runs `work` in a transaction and again from the start if PostgreSQL asks for it (40001, 40P01, an outdated plan), so `work` must do
 * nothing but SQL.
 *
 * @example const order = await withTransaction(pool, async (sql) => { ...; await appendEvents(sql, events); return order; });
 */
export function withTransaction<T>(
  pool: Pool,
  work: (sql: SqlExecutor) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { isolation = 'read committed', retries = 5 } = options;
  return retrying(async () => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
      const result = await work(pgExecutor(client));
      // PostgreSQL answers the COMMIT of a transaction that has failed with a silent ROLLBACK.
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT') {
        throw new Error(
          'A statement had failed, so nothing was committed. Do not catch SQL errors in a transaction.',
        );
      }
      return result;
    } catch (error) {
      // A connection that cannot even roll back is thrown away instead of going back to the pool.
      await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
      throw error;
    } finally {
      client.release(broken);
    }
  }, retries);
}

/** The part of a generated Prisma client that starts an interactive transaction. */
export interface PrismaTransactions<Client> {
  $transaction<R>(
    work: (client: Client) => Promise<R>,
    options?: { maxWait?: number; timeout?: number },
  ): Promise<R>;
}

/**
 * The same with Prisma, for store code written against its client: `sql.prisma` is the transaction client.
 *
 * @param options.timeoutMs longest transaction, in milliseconds @default 10_000
 * @example const transaction = prismaTransaction(prisma); await transaction(async (sql) => { await sql.prisma.order.create(...); await appendEvents(sql, events); });
 */
export function prismaTransaction<Client extends PrismaRawClient>(
  prisma: PrismaTransactions<Client>,
  options: { timeoutMs?: number; retries?: number } = {},
): RunInTransaction<SqlExecutor & { readonly prisma: Client }> {
  const { timeoutMs = 10_000, retries = 5 } = options;
  return (work) =>
    retrying(
      () =>
        prisma.$transaction((client) => work({ ...prismaExecutor(client), prisma: client }), {
          maxWait: 5_000,
          timeout: timeoutMs,
        }),
      retries,
    );
}
