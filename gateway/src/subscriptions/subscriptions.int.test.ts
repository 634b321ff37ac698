import { serveSubgraph, type ServedSubgraph } from '@souk/kit/server';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocket, type SocketClient } from '../__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop, silent, type TinyShop } from '../__fixtures__/tiny-shop.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { httpTransport } from '../transport/http.js';
import { inProcessTransport } from '../transport/in-process.js';

const JOINED = 'subscription Watch($above: Int) { priceChanged(above: $above) { name price stock } }';
const secret = 'a-secret-of-thirty-two-characters-or-more';

describe.each(['in process', 'over HTTP'] as const)('a subscription whose owner is %s', (where) => {
  let shop: TinyShop;
  let running: RunningGateway;
  let owner: ServedSubgraph | undefined;
  let client: SocketClient;

  beforeEach(async () => {
    shop = createTinyShop();
    const [products, ...others] = shop.apps;
    if (!products) throw new Error('the tiny shop has products');
    if (where === 'over HTTP') {
      owner = await serveSubgraph(products, {
        host: '127.0.0.1',
        port: 0,
        secret,
        logger: silent,
        drainMs: 100,
      });
    }
    const url = `${owner?.url}/graphql`;
    const byName = new Map(others.map((app) => [app.name, app]));
    running = await startGateway(
      shop.apps,
      owner
        ? {
            transports: (subgraph) => {
              const app = byName.get(subgraph.name);
              return app ? inProcessTransport(app) : httpTransport({ name: subgraph.name, url, secret });
            },
          }
        : {},
    );
    client = await openSocket(running.port);
    await client.next();
  });
  afterEach(async () => {
    await running.stop();
    await owner?.stop();
    owner = undefined;
  });

  const watch = async (id = '1'): Promise<void> => {
    const before = shop.priceChanges.open;
    client.subscribe(id, JOINED, { above: 5 });
    await until(() => shop.priceChanges.open === before + 1);
  };
  const change = (id: string, price: number): void => shop.priceChanges.push({ priceChanged: { id, price } });

  it('joins each event with what other subgraphs say at that moment', async () => {
    await watch();
    change('p1', 11);
    expect(await client.next()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { priceChanged: { name: 'Lamp', price: 11, stock: 3 } } },
    });
    shop.stock = 2;
    change('p2', 12);
    expect((await client.next()).payload).toEqual({
      data: { priceChanged: { name: 'Chair', price: 12, stock: 2 } },
    });
  });

  it('pushes what there is while another subgraph fails', async () => {
    await watch();
    shop.inventory = 'throws';
    change('p1', 11);
    expect((await client.next()).payload).toMatchObject({
      data: { priceChanged: { name: 'Lamp', stock: null } },
      errors: [{ path: ['priceChanged', 'stock'], extensions: { code: 'INTERNAL', service: 'inventory' } }],
    });
    shop.inventory = 'answers';
    change('p1', 12);
    expect((await client.next()).payload).toEqual({
      data: { priceChanged: { name: 'Lamp', price: 12, stock: 3 } },
    });
  });

  it('leaves its owner at once when the client completes, or vanishes', async () => {
    await watch('1');
    await watch('2');
    client.send({ id: '1', type: 'complete' });
    await until(() => shop.priceChanges.open === 1);
    change('p1', 11);
    expect((await client.next()).id).toBe('2');
    client.socket.terminate();
    await until(() => shop.priceChanges.open === 0);
  });

  it('may be one of many on a socket, without a warning of a leak', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    for (let n = 0; n < 15; n += 1) await watch(`many-${n}`);
    change('p1', 11);
    for (let n = 0; n < 15; n += 1) expect((await client.next()).type).toBe('next');
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('completes when its owner does', async () => {
    await watch();
    shop.priceChanges.end();
    expect(await client.next()).toEqual({ id: '1', type: 'complete' });
  });

  it('ends with a retryable error when its owner breaks, and the socket stays', async () => {
    await watch();
    if (owner) await owner.stop();
    else shop.priceChanges.fail(new Error('database is away'));
    owner = undefined;
    expect(await client.next()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'UNAVAILABLE', retryable: true, service: 'products' } }],
    });
    client.subscribe('2', '{ __typename }');
    expect(await client.next()).toMatchObject({ id: '2', type: 'next' });
  });

  it('is counted while it runs', async () => {
    await watch();
    const metrics = async () => (await fetch(`${running.url}/metrics`)).text();
    expect(await metrics()).toMatch(/souk_gateway_websockets 1\n[^]*souk_gateway_subscriptions 1\n/);
    client.close();
    await client.closed;
    await until(() => shop.priceChanges.open === 0);
    expect(await metrics()).toContain('souk_gateway_subscriptions 0');
  });

  it('keeps running across a reload of the supergraph', async () => {
    await watch();
    running.gateway.reload(composeSupergraph(shop.apps.slice(0, 2)).supergraphSdl);
    change('p1', 11);
    expect((await client.next()).payload).toMatchObject({
      data: { priceChanged: { name: 'Lamp', stock: 3 } },
    });
  });
});
