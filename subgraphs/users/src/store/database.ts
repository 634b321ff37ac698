import { PrismaPg } from '@prisma/adapter-pg';
import type { Logger } from '@souk/kit/log';
import {
  type Pool,
  type RunInTransaction,
  type SqlExecutor,
  createPool,
  prismaTransaction,
} from '@souk/kit/postgres';
import { type Prisma, PrismaClient } from './prisma-client/client.js';

/** A transaction: Prisma's client for it, and plain SQL where Prisma has no word for something. */
export type UsersTransaction = SqlExecutor & { readonly prisma: Prisma.TransactionClient };

/** The users database. Prisma and the event log share one pool. */
export interface UsersDatabase {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly transaction: RunInTransaction<UsersTransaction>;
  close(): Promise<void>;
}

/** Connects on first use, so that making it cannot fail. */
export function openDatabase(options: { url: string; logger: Logger }): UsersDatabase {
  const pool = createPool({ ...options, name: 'souk users' });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    transaction: prismaTransaction<Prisma.TransactionClient>(prisma),
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
