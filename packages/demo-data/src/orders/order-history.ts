import { DEFAULT_SEED } from '../catalogue/product.js';
import { demoId } from '../random/ids.js';
import { createRandom } from '../random/random.js';
import { createBaskets } from './basket.js';
import { createBuyers } from './buyers.js';
import { orderInstants } from './calendar.js';
import { liveOn } from './life.js';
import type { DemoOrder, OrderHistoryOptions } from './order.js';
import { shippingMinorOf } from './shipping.js';

/**
 * Orders that were placed before `now`, oldest first, priced from the catalogue, with a weekly rhythm. Customers are
 * those of `customers({ count, seed })`, plus Ada. The same for the same options.
 *
 * @example for (const order of orderHistory({ products: 500, orders: 800, now: clock() })) insert(order);
 */
export function* orderHistory(options: OrderHistoryOptions): Generator<DemoOrder, void, undefined> {
  const { products, orders, now, seed = DEFAULT_SEED, days = 120, customers = 400 } = options;
  if (products < 1 || customers < 1) return;
  const basket = createBaskets(products, seed);
  const buyer = createBuyers(customers, seed);
  for (const [index, placedAt] of orderInstants({ orders, days, now, seed }).entries()) {
    const random = createRandom(seed, `order ${index}`);
    const { person, guest } = buyer(index, random);
    const lines = basket(random);
    const { status, timeline } = liveOn(placedAt, now.getTime(), random);
    const goodsMinor = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
    const shippingMinor = shippingMinorOf(person.address.country, goodsMinor);
    const createdAt = new Date(placedAt).toISOString();
    yield {
      id: demoId('ord', seed, index),
      customerId: guest ? null : person.id,
      email: person.email,
      shippingAddress: person.address,
      lines,
      shippingMinor,
      totalMinor: goodsMinor + shippingMinor,
      status,
      timeline,
      createdAt,
      updatedAt: timeline.at(-1)?.at ?? createdAt,
    };
  }
}
