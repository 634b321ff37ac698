import { pgExecutor } from '@souk/kit/postgres';
import type { AnalyticsDeps } from './app.js';
import { openDatabase } from './store/database.js';
import { hashAt } from './store/read-records.js';
import { type Verification, verifyChain } from './store/verify-chain.js';

/** A place of the chain that was noted somewhere safe. */
export interface Anchor {
  readonly number: number;
  /** Hexadecimal, as `eventChain` tells it. */
  readonly hash: string;
}

/**
 * Checks the whole chain of events, in bounded memory, while the shop may run.
 *
 * @param options.anchor what was noted earlier: the chain must still go through it, which a chain that was written anew
 * from the beginning does not
 * @example const { complete, broken } = await verifyEvents({ databaseUrl, logger });
 */
export async function verifyEvents(
  { databaseUrl, logger }: Pick<AnalyticsDeps, 'databaseUrl' | 'logger'>,
  options: { readonly anchor?: Anchor } = {},
): Promise<Verification> {
  const database = openDatabase({ url: databaseUrl, logger });
  const sql = pgExecutor(database.pool);
  try {
    const verification = await verifyChain(sql);
    const { anchor } = options;
    if (verification.broken || !anchor) return verification;
    const hash = await hashAt(sql, anchor.number);
    if (hash?.toString('hex') === anchor.hash.toLowerCase()) return verification;
    const reason = hash ? 'CHANGED' : 'MISSING';
    return { ...verification, complete: false, broken: { number: anchor.number, eventId: null, reason } };
  } finally {
    await database.close();
  }
}
