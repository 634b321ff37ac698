import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CachedShop, createCachedShop } from '../__fixtures__/cached-shop.js';
import {
  type Answer,
  type AskOptions,
  type RunningGateway,
  startGateway,
} from '../__fixtures__/start-gateway.js';
import { createTokenMint, type TokenMint } from '../__fixtures__/tokens.js';

let shop: CachedShop;
let mint: TokenMint;
let running: RunningGateway;
const start = (): Promise<RunningGateway> =>
  startGateway(shop.apps, {
    transports: shop.transports,
    eventLogs: shop.eventLogs,
    issuers: [mint.issuer],
    options: {
      caching: { responses: false, settleMs: 0, readYourWritesMs: 0, afterMutationMs: 0 },
      resilience: { breaker: { minimumRequests: 1, openMs: 60_000 }, retry: false },
    },
  });
beforeEach(async () => {
  shop = createCachedShop();
  mint = await createTokenMint();
  running = await start();
});
afterEach(() => running.stop());

const ask = (query: string, options?: AskOptions): Promise<Answer> => running.ask(query, options);
/** Of a shop whose log of stocks cannot be read at first. */
const startDeaf = async (): Promise<void> => {
  await running.stop();
  shop = createCachedShop();
  shop.logs.inventory.isBroken = true;
  running = await start();
};
/** Asks until inventory is not asked any more. */
const known = (query: string, options?: AskOptions): Promise<void> =>
  until(async () => {
    const before = shop.asked.inventory;
    await ask(query, options);
    return shop.asked.inventory === before;
  });
const one = (id: string): string => `{ uncached product(id: "${id}") { id stock } }`;
const ALL = '{ uncached products { id stock } }';

describe('entities', () => {
  it('that are known are not asked for again, whichever operation needs them; of a batch, only the rest is', async () => {
    await known(one('p1'));
    shop.representations.length = 0;
    const answer = await ask(ALL);
    expect(shop.representations).toEqual([
      { __typename: 'Product', id: 'p2' },
      { __typename: 'Product', id: 'p3' },
    ]);
    expect(answer.data).toMatchObject({ products: ['p1', 'p2', 'p3'].map((id) => ({ id, stock: 3 })) });
    const before = shop.asked.inventory;
    expect((await ask(ALL)).data).toEqual(answer.data);
    expect(shop.asked.inventory).toBe(before);
  });

  it('go one by one when events tell of a change', async () => {
    await known(ALL);
    shop.restock('p2', 8);
    await until(async () => JSON.stringify((await ask(one('p2'))).data).includes('8'));
    shop.representations.length = 0;
    expect((await ask(ALL)).data).toMatchObject({ products: [{ stock: 3 }, { stock: 8 }, { stock: 3 }] });
    expect(shop.representations).toEqual([]);
  });

  it('from before it was known where events begin are asked for again', async () => {
    await startDeaf();
    await ask(one('p1'));
    shop.restock('p1', 8);
    shop.logs.inventory.isBroken = false;
    await known(one('p2'));
    expect((await ask(one('p1'))).data).toMatchObject({ product: { stock: 8 } });
  });

  it('that were on their way when it became known where events begin are not kept', async () => {
    await startDeaf();
    let release = (): void => {};
    shop.hold = new Promise((resolve) => (release = resolve));
    const late = ask(one('p1'));
    await until(() => shop.asked.inventory > 0);
    shop.hold = undefined;
    shop.restock('p1', 8);
    shop.logs.inventory.isBroken = false;
    await known(one('p2'));
    release();
    expect((await late).data).toMatchObject({ product: { stock: 3 } });
    expect((await ask(one('p1'))).data).toMatchObject({ product: { stock: 8 } });
  });

  it('are asked for by mutations anyway', async () => {
    await known(one('p1'));
    shop.stock.set('p1', 1);
    const { data } = await ask('mutation { rename(id: "p1", name: "x") { id stock } }');
    expect(data).toEqual({ rename: { id: 'p1', stock: 1 } });
  });

  it('with a field that says nothing are not kept', async () => {
    const query = '{ product(id: "p1") { stock favourite } }';
    await known(one('p1'));
    await ask(query);
    const before = shop.asked.inventory;
    await ask(query);
    expect(shop.asked.inventory).toBe(before + 1);
  });

  it('with errors are not kept, and the error is told at its place among what is known', async () => {
    shop.names.set('broken', 'Broken');
    await known(one('p2'));
    for (let time = 0; time < 2; time += 1) {
      const { data, errors } = await ask(ALL);
      expect(data).toMatchObject({ products: [{ stock: 3 }, { stock: 3 }, { stock: 3 }, { stock: null }] });
      expect(errors).toMatchObject([{ path: ['products', 3] }]);
    }
    expect(shop.representations.filter((one) => JSON.stringify(one).includes('p1'))).toHaveLength(2);
  });

  it('are each a copy of their own: what one answer adds to them, the next does not have', async () => {
    const nested = '{ uncached watched { id name stock } again: watched { other: name } }';
    await known(nested);
    const first = await ask(nested);
    expect((await ask(nested)).data).toEqual(first.data);
    expect(first.data).toEqual({
      uncached: 'always new',
      watched: { id: 'p1', name: 'Lamp', stock: 3 },
      again: { other: 'Lamp' },
    });
  });

  it('of one role are not shown to another', async () => {
    const query = '{ uncached seenAs }';
    const staff = {
      headers: { authorization: `Bearer ${await mint.sign({ sub: 'sam', roles: ['STAFF'] })}` },
    };
    expect((await ask(query, staff)).data).toMatchObject({ seenAs: 'STAFF' });
    expect((await ask(query)).data).toMatchObject({ seenAs: '' });
  });
});

describe('when a subgraph is away', () => {
  const stale = async (query: string): Promise<Answer> => {
    shop.away.add('inventory');
    shop.logs.inventory.isBroken = true;
    let answer = await ask(query);
    await until(async () => {
      answer = await ask(query);
      return answer.extensions?.['stale'] !== undefined;
    });
    return answer;
  };

  it('what is known stands in for it while its breaker is open, and the client is told where', async () => {
    await known(ALL);
    const answer = await stale(ALL);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ products: [{ stock: 3 }, { stock: 3 }, { stock: 3 }] });
    expect(answer.extensions).toEqual({
      stale: [{ subgraph: 'inventory', path: 'products.@', ageSeconds: expect.any(Number) as number }],
    });
    const before = shop.asked.inventory;
    await ask(ALL);
    // The breaker is open: nobody asks.
    expect(shop.asked.inventory).toBe(before);
  });

  it('what is not known is an error, as ever', async () => {
    await known(one('p1'));
    const { data, errors, extensions } = await stale(ALL);
    expect(data).toMatchObject({ products: [{ stock: 3 }, { stock: null }, { stock: null }] });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', service: 'inventory' } }]);
    expect(extensions).toMatchObject({ stale: [{ subgraph: 'inventory' }] });
  });

  it('what an event said is outdated does not stand in', async () => {
    await known(one('p1'));
    shop.restock('p1', 9);
    const dropped = 'souk_gateway_cache_invalidations_total{cache="entity"} 1';
    await until(async () => (await (await fetch(`${running.url}/metrics`)).text()).includes(dropped));
    shop.away.add('inventory');
    expect(await ask(one('p1'))).toMatchObject({
      data: { product: { stock: null } },
      errors: [{ extensions: { code: 'UNAVAILABLE' } }],
    });
  });
});
