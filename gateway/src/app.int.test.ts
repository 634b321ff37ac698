import { serveSubgraph, type ServedSubgraph } from '@souk/kit/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from './__fixtures__/start-gateway.js';
import { createTinyShop, silent, type TinyShop } from './__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from './__fixtures__/tokens.js';
import { composeSupergraph } from './supergraph/compose.js';
import { httpTransport } from './transport/http.js';
import { inProcessTransport } from './transport/in-process.js';

const EVERYTHING = '{ products { id name price stock reviews { stars product { name stock } } } }';
const EVERYTHING_ANSWERED = {
  products: [
    {
      id: 'p1',
      name: 'Lamp',
      price: 10,
      stock: 3,
      reviews: [{ stars: 5, product: { name: 'Chair', stock: 3 } }],
    },
    { id: 'p2', name: 'Chair', price: 10, stock: 3, reviews: [] },
  ],
};
const secret = 'a-secret-of-thirty-two-characters-or-more';

/** The same stories over both transports: nothing above the transport may tell them apart. */
describe.each(['in process', 'over HTTP'] as const)('a gateway with subgraphs %s', (where) => {
  let shop: TinyShop;
  let served: ServedSubgraph[];
  let running: RunningGateway;
  let mint: TokenMint;

  beforeEach(async () => {
    mint = await createTokenMint();
    shop = createTinyShop();
    served = [];
    if (where === 'in process') {
      running = await startGateway(shop.apps, { issuers: [mint.issuer] });
      return;
    }
    served = await Promise.all(
      shop.apps.map((app) =>
        serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger: silent, drainMs: 200 }),
      ),
    );
    const urls = new Map(shop.apps.map((app, index) => [app.name, `${served[index]?.url}/graphql`]));
    running = await startGateway(shop.apps, {
      issuers: [mint.issuer],
      transports: ({ name }) =>
        httpTransport({ name, url: urls.get(name) ?? '', secret, timeoutMs: 30_000, readyPath: '/ready' }),
    });
  });
  afterEach(async () => {
    await running.stop();
    await Promise.all(served.map((subgraph) => subgraph.stop()));
  });

  it('joins fields of three subgraphs', async () => {
    expect(await running.ask(EVERYTHING)).toMatchObject({ status: 200, data: EVERYTHING_ANSWERED });
  });

  it('is ready once every subgraph answers', async () => {
    const ready = await fetch(`${running.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', subgraphs: { inventory: 'ready', products: 'ready', reviews: 'ready' } },
    ]);
  });

  it('passes variables, mutations and the request context on', async () => {
    const added = await running.ask('mutation Add($text: String!) { addNote(text: $text) }', {
      variables: { text: 'hi' },
    });
    expect(added.data).toEqual({ addNote: 'hi' });
    await running.ask('{ whoami }', { headers: { 'x-cart-token': 'c_1', 'x-request-id': 'request-0001' } });
    expect(shop.seen).toMatchObject([
      { viewer: { kind: 'anonymous' }, cartToken: 'c_1', requestId: 'request-0001' },
    ]);
  });

  it('answers null with a masked, named error for what one subgraph cannot say', async () => {
    shop.inventory = 'throws';
    const { status, data, errors } = await running.ask('{ product(id: "p1") { name stock } }');
    expect({ status, data }).toEqual({ status: 200, data: { product: { name: 'Lamp', stock: null } } });
    expect(errors).toMatchObject([
      { path: ['product', 'stock'], extensions: { code: 'INTERNAL', service: 'inventory' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|ECONNREFUSED|node_modules|serviceName/);
  });

  it('lets a subgraph refuse: its code and message reach the client', async () => {
    // The gateway goes by scopes here, the subgraph by roles: it is never the only wall.
    const authorization = `Bearer ${await mint.sign({ sub: 'u1', roles: [], scope: 'STAFF' })}`;
    const { data, errors } = await running.ask('{ secretStock whoami }', { headers: { authorization } });
    expect(data).toEqual({ secretStock: null, whoami: 'u1 ' });
    expect(errors).toMatchObject([
      { path: ['secretStock'], extensions: { code: 'FORBIDDEN', service: 'inventory' } },
    ]);
  });
});

describe('a dead subgraph', () => {
  let running: RunningGateway;
  afterEach(() => running.stop());

  const startWithDead = async (dead: string): Promise<void> => {
    const { apps } = createTinyShop();
    const alive = new Map(apps.map((app) => [app.name, app]));
    running = await startGateway(apps, {
      transports: ({ name }) => {
        const app = alive.get(name);
        // Nothing listens on port 9 of loopback.
        if (!app || name === dead)
          return httpTransport({ name, url: 'http://127.0.0.1:9/graphql', readyPath: '/ready' });
        return {
          name,
          execute: app.execute,
          subscribe: app.subscribe,
          checkReady: app.checkReady,
          close: async () => {},
        };
      },
    });
  };

  it('leaves the rest of the page: null and UNAVAILABLE where its fields were', async () => {
    await startWithDead('inventory');
    const { status, data, errors } = await running.ask('{ products { name stock } whoami }');
    expect({ status, data }).toEqual({
      status: 200,
      data: {
        products: [
          { name: 'Lamp', stock: null },
          { name: 'Chair', stock: null },
        ],
        whoami: 'anonymous',
      },
    });
    expect(errors).toEqual([
      {
        message: 'The inventory subgraph cannot be reached right now. Try again shortly.',
        path: ['products'],
        extensions: { code: 'UNAVAILABLE', retryable: true, service: 'inventory' },
      },
    ]);
    const ready = await fetch(`${running.url}/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { subgraphs: { inventory: 'waiting', products: 'ready' } },
    ]);
  });

  it('names each root field that it took along', async () => {
    await startWithDead('products');
    const { data, errors } = await running.ask('{ whoami mine: product(id: "p1") { name } }');
    expect(data).toEqual({ whoami: null, mine: null });
    expect(errors?.map(({ path }) => path)).toEqual([['whoami'], ['mine']]);
  });
});

describe('reload', () => {
  it('serves the new supergraph at once, and keeps the old one if the new one is broken', async () => {
    const shop = createTinyShop();
    const running = await startGateway(shop.apps.slice(0, 1), {
      transports: new Map(shop.apps.map((app) => [app.name, inProcessTransport(app)])),
    });
    expect((await running.ask('{ products { stock } }')).status).toBe(400);
    running.gateway.reload(composeSupergraph(shop.apps).supergraphSdl);
    expect((await running.ask('{ product(id: "p1") { stock } }')).data).toEqual({ product: { stock: 3 } });
    expect(() => running.gateway.reload('type Query { a: Int }')).toThrow(/The supergraph has a problem/);
    expect((await running.ask('{ product(id: "p1") { stock } }')).data).toEqual({ product: { stock: 3 } });
    await running.stop();
  });
});
