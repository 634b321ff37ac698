import { connectMongo } from '@souk/kit/mongo';
import type { InventoryDeps } from './app.js';
import { applyStockCommands } from './commands/apply-stock-commands.js';
import type { StockCommand } from './domain/stock-command.js';
import { createStore } from './store/store.js';

/** How much demo data there is. */
export interface SeedOptions {
  readonly products: number;
  /** The same seed makes the same data. */
  readonly seed: number;
  /** How many orders, as in the seed of the orders subgraph. @default 800 */
  readonly orders?: number;
}

/** Stock items of one write. */
const PORTION = 2_000;
/** Orders of one batch of commands. */
const ORDERS = 100;

/**
 * Stocks every variant of the demo catalogue with at least 20 units, then sets units aside for the demo orders that
 * are placed, for as long as it takes, and takes out those that are paid but have not left yet. What is there already is left alone, so it may be cut off and repeated.
 *
 * @example await seed(deps, { products: 500, seed: 7 });
 */
export async function seed(
  { mongo, logger, clock, newId }: Pick<InventoryDeps, 'mongo' | 'logger' | 'clock' | 'newId'>,
  options: SeedOptions,
): Promise<void> {
  // Loaded here, because a shop that has its data should start without the generator.
  const { catalogueVariants, stockFor } = await import('@souk/demo-data/catalogue');
  const connection = await connectMongo({ ...mongo, logger });
  const store = createStore(connection.database);
  let portion: { variantId: string; units: number }[] = [];
  let added = 0;
  const flush = async (): Promise<void> => {
    added += await store.items.addMissing(portion, clock());
    portion = [];
  };
  try {
    for (const { id } of catalogueVariants(options)) {
      portion.push({ variantId: id, units: stockFor(id, options.seed) });
      if (portion.length === PORTION) await flush();
    }
    await flush();
    const waiting = await openOrders(options, clock());
    for (let start = 0; start < waiting.length; start += ORDERS) {
      const deps = { store, clock, newId, keepMs: Infinity, onPublished: () => {} };
      await applyStockCommands(deps, waiting.slice(start, start + ORDERS));
    }
    logger.info({ added }, 'stock seeded');
  } finally {
    await connection.close();
  }
}

/** What the demo orders that have not left yet have asked for. */
async function openOrders(
  { products, seed: number, orders = 800 }: SeedOptions,
  now: Date,
): Promise<StockCommand[]> {
  const { orderHistory } = await import('@souk/demo-data/orders');
  const history = [...orderHistory({ products, orders, seed: number, now })];
  return history
    .filter(({ status }) => status === 'PLACED' || status === 'PAID')
    .flatMap(({ id, status, lines }): StockCommand[] => {
      const about = { orderId: id, correlationId: id };
      const reserve: StockCommand = { ...about, kind: 'reserve', lines };
      return status === 'PAID' ? [reserve, { ...about, kind: 'commit' }] : [reserve];
    });
}
