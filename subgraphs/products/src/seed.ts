import type { DemoProduct } from '@souk/demo-data/catalogue';
import { connectMongo } from '@souk/kit/mongo';
import type { Db } from 'mongodb';
import type { ProductsDeps } from './app.js';
import { type ProductDocument, categoriesOf, productsOf, seedsOf } from './store/collections.js';

/** How much demo catalogue there shall be. */
export interface SeedOptions {
  readonly products: number;
  readonly seed: number;
  /** Called after each batch. @default nobody is told */
  readonly onProgress?: (done: number, total: number) => void;
}

const BATCH = 1_000;

/**
 * Fills in the demo catalogue: what is there already stays as it is, so it can be repeated after a crash, and with
 * more products than before. It makes no events: there is nobody yet who would care. Run it after {@link prepare}
 * and before {@link createApp}.
 *
 * @example await seed(deps, { products: 500, seed: 7 });
 */
export async function seed(
  deps: Pick<ProductsDeps, 'mongo' | 'logger'>,
  options: SeedOptions,
): Promise<void> {
  const { products, seed: number, onProgress } = options;
  const connection = await connectMongo({ ...deps.mongo, logger: deps.logger });
  try {
    const { database } = connection;
    const mark = `${number}:${products}`;
    if (await seedsOf(database).findOne({ _id: mark })) return;
    // Only a seed needs the generator: a server that has its data never loads it.
    const { catalogue, categories, weightFor } = await import('@souk/demo-data/catalogue');
    await insertMissing(
      database,
      'categories',
      categories.map(({ id, ...rest }) => ({ _id: id, ...rest })),
    );
    let batch: ProductDocument[] = [];
    let done = 0;
    const flush = async (): Promise<void> => {
      await insertMissing(database, 'products', batch);
      done += batch.length;
      batch = [];
      onProgress?.(done, products);
    };
    for (const product of catalogue({ products, seed: number })) {
      const variants = product.variants.map((variant) => ({
        ...variant,
        weightGrams: weightFor(product, variant, number),
      }));
      batch.push(toDocument({ ...product, variants }));
      if (batch.length === BATCH) await flush();
    }
    if (batch.length > 0) await flush();
    await seedsOf(database).insertOne({ _id: mark });
  } finally {
    await connection.close();
  }
}

async function insertMissing(
  database: Db,
  name: 'products' | 'categories',
  documents: readonly { readonly _id: string }[],
): Promise<void> {
  const collection = name === 'products' ? productsOf(database) : categoriesOf(database);
  const ids = documents.map(({ _id }) => _id);
  const there = await collection.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
  const known = new Set(there.map(({ _id }) => _id));
  const missing = documents.filter(({ _id }) => !known.has(_id));
  if (missing.length > 0)
    await database.collection<{ _id: string }>(name).insertMany(missing, { ordered: false });
}

function toDocument({ id, rating, createdAt, ...product }: DemoProduct): ProductDocument {
  return {
    _id: id,
    ...product,
    ratingTenths: Math.round(rating * 10),
    published: true,
    origin: 'demo',
    version: 1,
    createdAt: new Date(createdAt),
  };
}
