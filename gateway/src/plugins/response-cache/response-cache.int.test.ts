import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CachedShop, createCachedShop } from '../../__fixtures__/cached-shop.js';
import {
  type Answer,
  type AskOptions,
  type RunningGateway,
  startGateway,
} from '../../__fixtures__/start-gateway.js';
import { createTokenMint, type TokenMint } from '../../__fixtures__/tokens.js';
import type { CachingOptions } from '../../caching/caching-options.js';
import type { GatewayOptions } from '../../gateway-options.js';

let shop: CachedShop;
let mint: TokenMint;
let running: RunningGateway;

const start = async (caching: CachingOptions | false = {}, more: GatewayOptions = {}): Promise<void> => {
  await running?.stop();
  running = await startGateway(shop.apps, {
    transports: shop.transports,
    eventLogs: shop.eventLogs,
    issuers: [mint.issuer],
    options: {
      ...more,
      caching: caching && {
        entities: false,
        settleMs: 0,
        readYourWritesMs: 0,
        afterMutationMs: 0,
        ...caching,
      },
    },
  });
};
beforeEach(async () => {
  shop = createCachedShop();
  mint = await createTokenMint();
  await start();
});
afterEach(() => running.stop());

const ask = (query: string, options?: AskOptions): Promise<Answer> => running.ask(query, options);
const as = async (sub: string, roles?: string[]) => ({
  headers: { authorization: `Bearer ${await mint.sign({ sub, ...(roles ? { roles } : {}) })}` },
});
/** Asks until it is answered from the cache, which takes events being heard. */
const cached = async (query: string, options?: AskOptions): Promise<Answer> => {
  const asked = (): number => shop.asked.products + shop.asked.inventory;
  let answer: Answer | undefined;
  await until(async () => {
    const before = asked();
    answer = await ask(query, options);
    return asked() === before;
  });
  if (!answer) throw new Error('never asked');
  return answer;
};
const LIST = '{ products { id name } }';
const PRODUCT = 'query ($id: ID!) { product(id: $id) { id name } }';

describe('whole responses', () => {
  it('are answered again without asking anybody, with their age', async () => {
    const first = await ask('{ seenAs }');
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    expect(first.headers.get('age')).toBe('0');
    const again = await ask('{ seenAs }');
    expect(again.data).toEqual(first.data);
    expect(again.headers.get('etag')).toMatch(/^"[\w-]{27}"$/);
    expect(again.headers.get('age')).toMatch(/^\d$/);
    expect(shop.asked.products).toBe(1);
  });

  it('are told apart by document, name, variables in any order, and what of their headers reaches subgraphs', async () => {
    await start({}, { headers: { request: [{ propagate: 'accept-language' }] } });
    const two =
      'query A($a: Boolean!, $b: Boolean!) { seenAs @skip(if: $a) other: seenAs @skip(if: $b) } query B { seenAs }';
    const request = (body: object, language = 'en') =>
      fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': language },
        body: JSON.stringify({ query: two, ...body }),
      }).then((response) => response.json());
    const a = { operationName: 'A', variables: { a: true, b: false } };
    expect(await request(a)).toEqual({ data: { other: '' } });
    expect(await request({ operationName: 'A', variables: { b: false, a: true } })).toEqual({
      data: { other: '' },
    });
    expect(shop.asked.products).toBe(1);
    expect(await request({ operationName: 'A', variables: { a: false, b: true } })).toEqual({
      data: { seenAs: '' },
    });
    expect(await request({ operationName: 'B' })).toEqual({ data: { seenAs: '' } });
    await request(a, 'de');
    expect(shop.asked.products).toBe(4);
  });

  it('with anything that may not be kept are never kept, and say no-store', async () => {
    for (const query of [
      '{ uncached }',
      '{ seenAs uncached }',
      '{ products { name size { width } } }',
      'mutation { rename(id: "p1", name: "x") { name } }',
    ]) {
      const before = shop.asked.products;
      await ask(query);
      const again = await ask(query);
      expect(again.headers.get('cache-control')).toBe('no-store');
      expect(again.headers.has('etag')).toBe(false);
      expect(shop.asked.products).toBe(before + 2);
    }
  });

  it('with errors are never kept', async () => {
    shop.away.add('inventory');
    const query = '{ products { id name stock } }';
    expect((await ask(query)).errors).toHaveLength(1);
    shop.away.clear();
    const whole = await cached(query);
    expect(whole.errors).toBeUndefined();
    expect(whole.data).toMatchObject({ products: [{ stock: 3 }, { stock: 3 }, { stock: 3 }] });
  });

  it('are validated by GET: 304 without a body for what the client has', async () => {
    const get = (headers: Record<string, string> = {}) =>
      fetch(`${running.url}/graphql?query=${encodeURIComponent('{ seenAs }')}`, {
        headers: { accept: 'application/graphql-response+json', 'apollo-require-preflight': '1', ...headers },
      });
    const first = await get();
    const etag = first.headers.get('etag') ?? '';
    const body = await first.text();
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get({ 'if-none-match': known });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toBe('public, max-age=60');
      expect(again.headers.get('vary')).toContain('authorization');
    }
    const other = await get({ 'if-none-match': '"other"' });
    expect([other.status, await other.text()]).toEqual([200, body]);
    const posted = await ask('{ seenAs }', { headers: { 'if-none-match': etag } });
    expect([posted.status, posted.data]).toEqual([200, { seenAs: '' }]);
  });

  it('that are private belong to one user, or one cart; nobody else gets them', async () => {
    const mine = '{ mine { who } }';
    const ada = await ask(mine, await as('ada'));
    expect(ada.headers.get('cache-control')).toBe('private, max-age=60');
    expect(ada.data).toEqual({ mine: { who: 'ada  ' } });
    expect((await ask(mine, await as('bob'))).data).toEqual({ mine: { who: 'bob  ' } });
    expect((await ask(mine, { headers: { 'x-cart-token': 'c1' } })).data).toEqual({
      mine: { who: 'anonymous  c1' },
    });
    expect((await ask(mine, { headers: { 'x-cart-token': 'c2' } })).data).toEqual({
      mine: { who: 'anonymous  c2' },
    });
    expect(shop.asked.products).toBe(4);
    expect((await ask(mine, await as('ada'))).data).toEqual({ mine: { who: 'ada  ' } });
    expect(shop.asked.products).toBe(4);
    // Somebody who cannot be told apart from others gets their own each time.
    await ask(mine);
    await ask(mine);
    expect(shop.asked.products).toBe(6);
  });

  it('that are public are not shared between roles, and only said to be public to strangers', async () => {
    const staff = await ask('{ seenAs }', await as('sam', ['STAFF']));
    expect(staff.data).toEqual({ seenAs: 'STAFF' });
    expect(staff.headers.get('cache-control')).toBe('private, max-age=60');
    expect((await ask('{ seenAs }')).data).toEqual({ seenAs: '' });
    expect((await ask('{ seenAs }', await as('kim', ['STAFF']))).data).toEqual({ seenAs: 'STAFF' });
    expect(shop.asked.products).toBe(2);
  });

  it('go when an event tells of a change: those with the object, those that list its kind, and no others', async () => {
    const other = { variables: { id: 'p2' } };
    await cached(PRODUCT, { variables: { id: 'p1' } });
    await cached(PRODUCT, other);
    await cached(LIST);
    shop.rename('p1', 'Lantern');
    await until(async () => {
      const { data } = await ask(PRODUCT, { variables: { id: 'p1' } });
      return JSON.stringify(data) === '{"product":{"id":"p1","name":"Lantern"}}';
    });
    const asked = shop.asked.products;
    await ask(PRODUCT, other);
    expect(shop.asked.products).toBe(asked);
    expect((await ask(LIST)).data).toMatchObject({ products: [{ name: 'Lantern' }, {}, {}] });
  });

  it('about nothing go when there is something', async () => {
    const ghost = { variables: { id: 'p9' } };
    expect((await cached(PRODUCT, ghost)).data).toEqual({ product: null });
    shop.rename('p9', 'Ghost');
    await until(async () => JSON.stringify((await ask(PRODUCT, ghost)).data).includes('Ghost'));
  });

  it('are not kept if what they say changed while they were on their way', async () => {
    const query = '{ product(id: "p1") { id stock } }';
    await cached(query);
    shop.restock('p1', 7);
    await until(async () => JSON.stringify((await ask(query)).data).includes('7'));
    let release = (): void => {};
    shop.hold = new Promise((resolve) => (release = resolve));
    const before = shop.asked.inventory;
    // Read before the change, answered after it: as a slow network would have it.
    const late = ask('{ late: product(id: "p1") { id stock } }');
    await until(() => shop.asked.inventory > before);
    shop.restock('p1', 8);
    const overtaken = /souk_gateway_cache_invalidations_total\{cache="response"\} [2-9]/;
    await until(async () => overtaken.test(await (await fetch(`${running.url}/metrics`)).text()));
    release();
    shop.hold = undefined;
    expect((await late).data).toEqual({ late: { id: 'p1', stock: 7 } });
    expect((await ask('{ late: product(id: "p1") { id stock } }')).data).toEqual({
      late: { id: 'p1', stock: 8 },
    });
    const text = await (await fetch(`${running.url}/metrics`)).text();
    expect(text).toContain('souk_gateway_cache_overtaken_total{cache="response"} 1');
  });

  it('from before it was known where events begin are not used afterwards, but to stand in', async () => {
    shop = createCachedShop();
    shop.logs.products.isBroken = true;
    await start();
    await ask(LIST);
    // By then the log has passed what tells of this.
    shop.rename('p1', 'Lantern');
    shop.logs.products.isBroken = false;
    await cached('{ products { name } }');
    shop.away.add('products');
    const away = await ask(LIST);
    expect(away.data).toMatchObject({ products: [{ name: 'Lamp' }, {}, {}] });
    expect(away.extensions).toHaveProperty('stale');
    shop.away.clear();
    expect((await ask(LIST)).data).toMatchObject({ products: [{ name: 'Lantern' }, {}, {}] });
    expect((await cached(LIST)).data).toMatchObject({ products: [{ name: 'Lantern' }, {}, {}] });
  });

  it('that events may change are only believed while the events are heard', async () => {
    await cached(LIST);
    shop.logs.products.isBroken = true;
    await until(async () => {
      const before = shop.asked.products;
      await ask(LIST);
      return shop.asked.products > before;
    });
    shop.logs.products.isBroken = false;
    await cached(LIST);
  });

  it('stand in for subgraphs that are away, and say so', async () => {
    const whole = await cached(LIST);
    shop.away.add('products');
    shop.logs.products.isBroken = true;
    let answer: Answer | undefined;
    await until(async () => {
      answer = await ask(LIST);
      return answer.extensions !== undefined;
    });
    expect(answer?.data).toEqual(whole.data);
    expect(answer?.extensions).toEqual({ stale: [{ path: '', ageSeconds: expect.any(Number) as number }] });
    expect(answer?.headers.get('cache-control')).toBe('no-store');
  });

  it('are not kept at all if that is switched off', async () => {
    await start(false);
    await ask('{ seenAs }');
    const again = await ask('{ seenAs }');
    expect([shop.asked.products, again.headers.get('cache-control')]).toEqual([2, 'no-store']);
  });
});

describe('after a mutation', () => {
  const RENAME = 'mutation { rename(id: "p1", name: "Lantern") { id } }';

  it('its sender reads past the cache, others do not', async () => {
    await start({ readYourWritesMs: 60_000 });
    await cached(LIST);
    const ada = await as('ada');
    await cached(LIST, ada);
    // No event tells of it yet.
    await ask(RENAME, ada);
    expect((await ask(LIST, ada)).data).toMatchObject({ products: [{ name: 'Lantern' }, {}, {}] });
    expect((await ask(LIST)).data).toMatchObject({ products: [{ name: 'Lamp' }, {}, {}] });
  });

  it('nobody is answered from what its subgraph changes, until its event had time to arrive', async () => {
    await start({ afterMutationMs: 60_000 });
    await cached(LIST);
    await cached('{ seenAs }');
    await ask(RENAME);
    expect((await ask(LIST)).data).toMatchObject({ products: [{ name: 'Lantern' }, {}, {}] });
    const asked = shop.asked.products;
    await ask('{ seenAs }');
    expect(shop.asked.products).toBe(asked);
  });
});
