import type { DemoOrder } from '@souk/demo-data/orders';
import type { AnalyticsDeps } from './app.js';
import type { Currency } from './domain/order-history.js';
import { attemptBefore } from './domain/past-attempts.js';
import type { PastOrder } from './domain/past-events.js';
import { insertPastOrders } from './store/insert-past-orders.js';
import { openDatabase } from './store/database.js';

/** Which demo data to make. */
export interface SeedOptions {
  /** Size of the catalogue that the orders' lines are drawn from. */
  readonly products: number;
  /** The same number makes the same orders. */
  readonly seed: number;
  /** How many orders, as in the seed of the orders subgraph. @default 800 */
  readonly orders?: number;
}

/** Orders of one transaction. */
const PORTION = 200;

/**
 * Keeps the events that the demo orders, and tries before some of them, would have made: the other subgraphs' seeds
 * tell nobody of them. Orders that are known already are left alone, so it can be repeated.
 */
export async function seed(
  deps: Pick<AnalyticsDeps, 'databaseUrl' | 'logger' | 'clock'>,
  options: SeedOptions,
): Promise<void> {
  const { products, seed: number, orders: count = 800 } = options;
  // Loaded here, because a shop that has its data should start without the generator.
  const [{ orderHistory }, { DEMO_CURRENCY }] = await Promise.all([
    import('@souk/demo-data/orders'),
    import('@souk/demo-data/catalogue'),
  ]);
  const now = deps.clock();
  const history = [...orderHistory({ products, orders: count, seed: number, now })];
  const database = openDatabase({ url: deps.databaseUrl, logger: deps.logger });
  try {
    const orders = history.flatMap((order, index) => withAttempt(toPastOrder(order, DEMO_CURRENCY), index));
    for (let start = 0; start < orders.length; start += PORTION) {
      await insertPastOrders(database, orders.slice(start, start + PORTION), now);
    }
  } finally {
    await database.close();
  }
}

function withAttempt(order: PastOrder, index: number): PastOrder[] {
  const attempt = attemptBefore(order, index);
  return attempt ? [attempt, order] : [order];
}

const toPastOrder = (
  { id, customerId, totalMinor, shippingMinor, lines, timeline }: DemoOrder,
  currency: Currency,
): PastOrder => ({
  id,
  customerId,
  totalMinor,
  shippingMinor,
  currency,
  lines: lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor })),
  timeline,
});
