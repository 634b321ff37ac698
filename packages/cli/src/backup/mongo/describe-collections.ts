import type { Db } from 'mongodb';
import { z } from 'zod';
import { ClearError } from '../../clear-error.js';

const fields = z.record(z.string(), z.unknown());

/** A collection without its documents. */
const collectionSchema = z.object({
  name: z.string(),
  /** As `createCollection` takes them. */
  options: fields,
  /** All but the one on `_id`, as `createIndexes` takes them. */
  indexes: z.array(z.intersection(z.object({ key: fields, name: z.string() }), fields)),
});

export const collectionsSchema = z.array(collectionSchema);
export type CollectionShape = z.infer<typeof collectionSchema>;

/**
 * Every collection of a database with its options and indexes, by name.
 *
 * @throws ClearError for views and time series, which are not collections of documents
 */
export async function describeCollections(database: Db): Promise<CollectionShape[]> {
  const infos = await database.listCollections().toArray();
  const shapes: CollectionShape[] = [];
  for (const info of infos.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const { name, type } = info;
    if (name.startsWith('system.')) continue;
    if (type !== undefined && type !== 'collection') {
      throw new ClearError(`souk backup cannot keep the ${type} ${name}. Use mongodump for this database.`);
    }
    // What the driver gives is any.
    const indexes = (await database.collection(name).listIndexes().toArray()) as Record<string, unknown>[];
    shapes.push({
      name,
      options: { ...('options' in info ? info.options : {}) },
      indexes: indexes.filter((index) => index['name'] !== '_id_').map(withoutVersion),
    });
  }
  return shapes;
}

/** How an index is stored is the server's business. */
function withoutVersion({ v: _version, ns: _namespace, ...index }: Record<string, unknown>) {
  return index as CollectionShape['indexes'][number];
}
