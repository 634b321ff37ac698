import type { ShippingDeps } from './app.js';
import { toPastShipment } from './past-shipment.js';
import { openDatabase } from './store/database.js';
import { insertPastShipments } from './store/insert-past-shipments.js';

/** Which demo data to make. */
export interface SeedOptions {
  /** Size of the catalogue that the orders' lines are drawn from. */
  readonly products: number;
  /** The same number makes the same orders. */
  readonly seed: number;
  /** How many orders, as in the seed of the orders subgraph. @default 800 */
  readonly orders?: number;
}

/** Shipments of one transaction. */
const PORTION = 500;

/**
 * Makes the parcels of the demo orders, as if a carrier had brought them; nobody is told. Shipments that are there
 * already stay as they are, so it can be repeated.
 */
export async function seed(
  deps: Pick<ShippingDeps, 'databaseUrl' | 'logger' | 'clock'>,
  options: SeedOptions,
): Promise<void> {
  const { products, seed: number, orders: count = 800 } = options;
  // Loaded here, because a shop that has its data should start without the generator.
  const [{ orderHistory }, { DEMO_CURRENCY }] = await Promise.all([
    import('@souk/demo-data/orders'),
    import('@souk/demo-data/catalogue'),
  ]);
  const history = [...orderHistory({ products, orders: count, seed: number, now: deps.clock() })];
  const database = openDatabase({ url: deps.databaseUrl, logger: deps.logger });
  try {
    for (let start = 0; start < history.length; start += PORTION) {
      const portion = history.slice(start, start + PORTION);
      await insertPastShipments(
        database,
        portion.flatMap((order) => toPastShipment(order, DEMO_CURRENCY, deps.clock()) ?? []),
      );
    }
  } finally {
    await database.close();
  }
}
