import { PrismaPg } from '@prisma/adapter-pg';
import type { Logger } from '@souk/kit/log';
import { type Pool, type RunInTransaction, createPool, withTransaction } from '@souk/kit/postgres';
import { PrismaClient } from './prisma-client/client.js';

/** The shipping database. Prisma reads; what is written for every order is plain SQL on the same pool. */
export interface ShippingDatabase {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly transaction: RunInTransaction;
  close(): Promise<void>;
}

/** Connects on first use, so that making it cannot fail. */
export function openDatabase(options: { url: string; logger: Logger }): ShippingDatabase {
  const pool = createPool({ ...options, name: 'souk shipping' });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    transaction: (work) => withTransaction(pool, work),
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
