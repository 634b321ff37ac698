import type { Logger } from '@souk/kit/log';
import { type Pool, type RunInTransaction, createPool, withTransaction } from '@souk/kit/postgres';

/** The analytics database. Partitions, chain and shadow tables are beyond what Prisma models: everything is SQL. */
export interface AnalyticsDatabase {
  readonly pool: Pool;
  readonly transaction: RunInTransaction;
  close(): Promise<void>;
}

/** Connects on first use, so that making it cannot fail. */
export function openDatabase(options: { url: string; logger: Logger }): AnalyticsDatabase {
  const pool = createPool({ ...options, name: 'souk analytics' });
  return {
    pool,
    transaction: (work) => withTransaction(pool, work),
    close: async () => {
      if (!pool.ended) await pool.end();
    },
  };
}
