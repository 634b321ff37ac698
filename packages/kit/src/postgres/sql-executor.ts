import type { ClientBase, Pool } from 'pg';
import { isPlanOutdated } from './failures.js';
import { forgetPrepared, preparedName } from './prepared-names.js';

/** The least that store code needs of a connection, so that it runs on `pg` and inside a Prisma transaction alike. */
export interface SqlExecutor {
  /**
   * @param text SQL with `$1`, `$2` ... parameters; never build it from input
   * @example const [row] = await sql.query<{ total: number }>('SELECT count(*)::int AS total FROM orders WHERE user_id = $1', [id]);
   */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
}

/**
 * A `pg` pool or client as an executor. On a pool each statement is its own transaction. A statement with parameters is
 * prepared the first time that a connection sees it, so that PostgreSQL parses it once and, in time, plans it once.
 */
export function pgExecutor(client: ClientBase | Pool): SqlExecutor {
  const run = async <Row extends object>(text: string, parameters: readonly unknown[]): Promise<Row[]> => {
    const name = parameters.length === 0 ? undefined : preparedName(text);
    const values = [...parameters];
    const result = await client.query<Row>(name === undefined ? { text, values } : { name, text, values });
    return result.rows;
  };
  return {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      try {
        return await run<Row>(text, parameters);
      } catch (error) {
        if (!isPlanOutdated(error)) throw error;
        // A migration has changed a table under the plan. In a transaction this ends it, and the whole of it is run again.
        forgetPrepared(text);
        if (isInTransaction(client)) throw error;
        return run<Row>(text, parameters);
      }
    },
  };
}

/** Only a client that was checked out can be in a transaction. */
const isInTransaction = (client: ClientBase | Pool): boolean => !('totalCount' in client);

/** The part of a generated Prisma client (or of its transaction client) that is used here. */
export interface PrismaRawClient {
  $queryRawUnsafe<Result = unknown>(query: string, ...values: unknown[]): PromiseLike<Result>;
}

/**
 * A Prisma transaction client as an executor. Mind that Prisma returns `int8` as bigint, where `pg` pools made by
 * `createPool` return a number.
 *
 * @example await prisma.$transaction(async (tx) => appendEvents(prismaExecutor(tx), events));
 */
export function prismaExecutor(client: PrismaRawClient): SqlExecutor {
  return {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      return client.$queryRawUnsafe<Row[]>(text, ...parameters);
    },
  };
}
