import { setTimeout as sleep } from 'node:timers/promises';
import { fillCarts, orderInput } from './carts.mjs';
import { every } from './catalogue.mjs';
import { measure, requestOf } from './measure.mjs';
import { PLACE } from './operations.mjs';
import { shopCpuMs } from './processes.mjs';
import { openOffice } from './office.mjs';

const VARIANTS = 60;
const PLENTY = 100_000;
const END_MS = 120_000;

/**
 * Buys what is in carts of two lines that were filled beforehand, and follows the orders to their end.
 *
 * @param end the last state to wait for
 * @returns for each round: the cost of an order until `placeOrder` has answered, and until every order has reached its end
 */
export async function measureBuying(shop, catalogue, { rounds, orders, connections, end }) {
  const office = await openOffice(shop);
  const variants = every(catalogue.variants, VARIANTS);
  await office.stock(variants, PLENTY);
  const placing = [];
  const ending = [];
  for (let round = 0; round <= rounds; round += 1) {
    const carts = await fillCarts(shop, { variants }, { count: orders, lines: 2 });
    const requests = carts.map(({ token }) =>
      requestOf({
        query: PLACE,
        variables: { input: orderInput() },
        headers: `x-cart-token: ${token}\r\n`,
      }),
    );
    const [before, failedBefore] = [await office.count([end]), await office.count(['FAILED'])];
    const cpuBefore = shopCpuMs(shop);
    const startedAt = performance.now();
    const placed = await measure(shop, { requests, connections });
    await office.until([end], before + orders, END_MS);
    await sleep(300);
    const ended = {
      cpu: (shopCpuMs(shop) - cpuBefore) / orders,
      elapsedMs: performance.now() - startedAt,
      requests: orders,
    };
    if ((await office.count(['FAILED'])) !== failedBefore) throw new Error('Some orders failed.');
    // The first round warms up.
    if (round === 0) continue;
    placing.push(placed);
    ending.push(ended);
  }
  return { placing, ending };
}
