import { connectMongo } from '@souk/kit/mongo';
import type { ProductsDeps } from './app.js';
import { prepareCollections } from './store/collections.js';

/**
 * Creates the indexes that are missing. Run it before {@link createApp}; safe to repeat.
 *
 * @example await prepare(deps);
 */
export async function prepare({ mongo, logger }: Pick<ProductsDeps, 'mongo' | 'logger'>): Promise<void> {
  const connection = await connectMongo({ ...mongo, logger });
  try {
    await prepareCollections(connection.database);
  } finally {
    await connection.close();
  }
}
