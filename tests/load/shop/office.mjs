import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { atOnce } from './at-once.mjs';

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { session { accessToken } errors { code message } } }`;
const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { stock { onHand } errors { code message } } }`;
const COUNT = `query ($statuses: [OrderStatus!]) { allOrders(first: 1, statuses: $statuses) { totalCount } }`;

/** What the shop's staff do, and see. */
export async function openOffice(shop) {
  const { login } = await shop.ask(LOGIN, {
    input: { email: 'staff@souk.test', password: 'souk-demo-pass' },
  });
  const identity = { authorization: `Bearer ${login.session.accessToken}` };
  const ask = (query, variables) => shop.ask(query, variables, identity);
  const count = async (statuses) => (await ask(COUNT, { statuses })).allOrders.totalCount;
  return {
    ask,
    count,
    /** Adds units to each variant. */
    stock: (variants, delta) =>
      atOnce(variants, 8, (variantId) =>
        ask(ADJUST, { input: { variantId, delta, idempotencyKey: randomUUID() } }),
      ),
    /** Waits until so many orders stand there. Asks rarely: asking costs. */
    async until(statuses, wanted, withinMs) {
      for (const since = performance.now(); ; await sleep(250)) {
        const there = await count(statuses);
        if (there >= wanted) return;
        if (performance.now() - since > withinMs) {
          throw new Error(`${wanted - there} of the orders are not ${statuses.join(' or ')} in time.`);
        }
      }
    },
  };
}
