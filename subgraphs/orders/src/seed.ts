import type { DemoOrder } from '@souk/demo-data/orders';
import type { OrdersDeps } from './app.js';
import { hashToken } from './domain/buyer.js';
import { accessTokenOf } from './domain/order-access.js';
import { type PastOrder, insertPastOrders } from './store/insert-past-orders.js';
import { openDatabase } from './store/database.js';

/** Which demo data to make. */
export interface SeedOptions {
  /** Size of the catalogue that the orders' lines are drawn from. */
  readonly products: number;
  /** The same number makes the same orders. */
  readonly seed: number;
  /** How many orders. @default 800 */
  readonly orders?: number;
}

/** Orders of one transaction. */
const PORTION = 500;

/**
 * Makes a history of orders with all their steps, as if they had happened; nobody is told of them. Orders that are
 * there already stay as they are, so it can be repeated.
 */
export async function seed(
  deps: Pick<OrdersDeps, 'databaseUrl' | 'logger' | 'clock' | 'tokenSecret'>,
  options: SeedOptions,
): Promise<void> {
  const { products, seed: number, orders: count = 800 } = options;
  // Loaded here, because a shop that has its data should start without the generator.
  const [{ orderHistory }, { DEMO_CURRENCY: currency }] = await Promise.all([
    import('@souk/demo-data/orders'),
    import('@souk/demo-data/catalogue'),
  ]);
  const now = deps.clock();
  const history = [...orderHistory({ products, orders: count, seed: number, now })];
  const database = openDatabase({ url: deps.databaseUrl, logger: deps.logger });
  try {
    for (let start = 0; start < history.length; start += PORTION) {
      const portion = history.slice(start, start + PORTION);
      await insertPastOrders(
        database,
        portion.map((order) => ({ ...toPastOrder(order, deps.tokenSecret), currency })),
        now,
      );
    }
  } finally {
    await database.close();
  }
}

const toPastOrder = (order: DemoOrder, tokenSecret: string): Omit<PastOrder, 'currency'> => ({
  ...order,
  accessTokenHash: hashToken(accessTokenOf(order.id, tokenSecret)),
  createdAt: new Date(order.createdAt),
  updatedAt: new Date(order.updatedAt),
  timeline: order.timeline.map(({ type, at }) => ({ type, at: new Date(at) })),
});
