import { until } from '@souk/testkit/waiting';
import { afterEach, describe, expect, it } from 'vitest';
import { neverAnswers } from '../__fixtures__/faults.js';
import { type FaultyShop, startFaultyShop } from '../__fixtures__/faulty-shop.js';
import { heapInUse } from '../__fixtures__/heap.js';
import type { Answer } from '../__fixtures__/start-gateway.js';

let shop: FaultyShop;
afterEach(() => shop.stop());

const QUERY = '{ product(id: "p1") { name stock } }';

describe('more requests than a subgraph can take', () => {
  it('wait in a bounded queue: what does not fit gets UNAVAILABLE at once, without that part', async () => {
    const subgraphs = { inventory: { concurrency: { limit: 5, queue: 10 } } };
    const options = { resilience: { retry: false, breaker: false, subgraphs } } as const;
    shop = await startFaultyShop({ gateway: { options } });
    while ((await shop.ask(QUERY)).errors);
    shop.links.inventory.fault = neverAnswers;
    const refused: Answer[] = [];
    const all = Array.from({ length: 60 }, async () => {
      const answer = await shop.ask(QUERY);
      if (answer.errors?.[0]?.extensions?.['code'] === 'UNAVAILABLE') refused.push(answer);
      return answer;
    });
    await until(() => refused.length === 45);
    expect(shop.links.inventory.open).toBeLessThanOrEqual(5);
    for (const { data, errors } of refused) {
      expect(data).toEqual({ product: { name: 'Lamp', stock: null } });
      expect(errors).toMatchObject([{ extensions: { retryable: true, service: 'inventory' } }]);
    }
    shop.links.inventory.fault = undefined;
    shop.links.inventory.cut();
    await Promise.all(all);
    while ((await shop.ask(QUERY)).errors);
  });

  it('cost no memory for good: after thousands of refusals the heap is what it was', async () => {
    const options = {
      resilience: { retry: false, breaker: { minimumRequests: 5, openMs: 600_000 } },
    } as const;
    shop = await startFaultyShop({ gateway: { options }, transport: { timeoutMs: 50 } });
    shop.links.inventory.fault = neverAnswers;
    const flood = (): Promise<unknown> => Promise.all(Array.from({ length: 250 }, () => shop.ask(QUERY)));
    await flood();
    await flood();
    const before = heapInUse();
    for (let round = 0; round < 4; round += 1) await flood();
    // 1,000 of them; a fiftieth of a megabyte each would be seen.
    expect(heapInUse() - before).toBeLessThan(20_000_000);
  });
});
