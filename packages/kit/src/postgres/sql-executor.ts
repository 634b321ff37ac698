import type { ClientBase, Pool } from 'pg';

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

/** A `pg` pool or client as an executor. On a pool each statement is its own transaction. */
export function pgExecutor(client: ClientBase | Pool): SqlExecutor {
  return {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      const result = await client.query<Row>(text, [...parameters]);
      return result.rows;
    },
  };
}

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
