import type { Db, IndexDescription } from 'mongodb';

/**
 * Creates the indexes that are missing. Indexes that are no longer named here stay: dropping one is a decision.
 *
 * @example await ensureIndexes(database, { stock_items: [{ key: { unrelayed: 1 }, sparse: true }] });
 */
export async function ensureIndexes(
  database: Db,
  indexes: Readonly<Record<string, readonly IndexDescription[]>>,
): Promise<void> {
  for (const [collection, wanted] of Object.entries(indexes)) {
    if (wanted.length > 0) await database.collection(collection).createIndexes([...wanted]);
  }
}
