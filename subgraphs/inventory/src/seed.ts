import { catalogueVariants, stockFor } from '@souk/demo-data/catalogue';
import { connectMongo } from '@souk/kit/mongo';
import type { InventoryDeps } from './app.js';
import { createStockItemStore } from './store/stock-items.js';

/** How much demo data there is. */
export interface SeedOptions {
  readonly products: number;
  /** The same seed makes the same data. */
  readonly seed: number;
}

const PORTION = 2_000;

/**
 * Stocks every variant of the demo catalogue with at least 20 units. Variants that have stock already are left
 * alone, so it may be cut off and repeated. Nothing is published: nobody has read the stock before.
 *
 * @example await seed(deps, { products: 500, seed: 7 });
 */
export async function seed(
  { mongo, logger, clock }: Pick<InventoryDeps, 'mongo' | 'logger' | 'clock'>,
  options: SeedOptions,
): Promise<void> {
  const connection = await connectMongo({ ...mongo, logger });
  const items = createStockItemStore(connection.database);
  let portion: { variantId: string; units: number }[] = [];
  let added = 0;
  const flush = async (): Promise<void> => {
    added += await items.addMissing(portion, clock());
    portion = [];
  };
  try {
    for (const { id } of catalogueVariants(options)) {
      portion.push({ variantId: id, units: stockFor(id, options.seed) });
      if (portion.length === PORTION) await flush();
    }
    await flush();
    logger.info({ added }, 'stock seeded');
  } finally {
    await connection.close();
  }
}
