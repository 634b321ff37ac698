import DataLoader from 'dataloader';

/**
 * A DataLoader over one store call: rows come back in any order, missing ones as null.
 *
 * @example const products = batchById((ids) => store.productsByIds(ids), (product) => product.id);
 */
export function batchById<Key extends string, Row>(
  load: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): DataLoader<Key, Row | null> {
  return new DataLoader<Key, Row | null>(async (keys) => {
    const byKey = new Map((await load(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}
