import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSubgraph } from '@souk/kit/subgraph';
import { until } from '@souk/testkit/waiting';
import { afterEach, describe, expect, it } from 'vitest';
import { neverAnswers } from '../../__fixtures__/faults.js';
import { type FaultyShop, startFaultyShop } from '../../__fixtures__/faulty-shop.js';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, silent } from '../../__fixtures__/tiny-shop.js';
import { httpTransport } from '../../transport/http.js';

let running: { stop(): Promise<void> } | undefined;
afterEach(() => running?.stop());

async function overHttp(ms: number | false): Promise<FaultyShop> {
  const options = {
    deadline: ms === false ? ms : { ms },
    resilience: { retry: false, breaker: false },
  } as const;
  const shop = await startFaultyShop({ gateway: { options } });
  running = shop;
  return shop;
}

async function inProcess(ms: number): Promise<RunningGateway & { shop: ReturnType<typeof createTinyShop> }> {
  const shop = createTinyShop();
  const gateway = await startGateway(shop.apps, { options: { deadline: { ms } } });
  running = gateway;
  return { ...gateway, shop };
}

/** Planning takes its time as well, but only once. */
async function untilWhole(ask: RunningGateway['ask'], query: string): Promise<void> {
  while ((await ask(query)).errors);
}

describe('the deadline of an operation', () => {
  it('cuts off what is still asked, and the client gets what there is', async () => {
    const { ask, links } = await overHttp(1_500);
    const query = '{ product(id: "p1") { name stock } }';
    await untilWhole(ask, query);
    links.inventory.fault = neverAnswers;
    const answer = await ask(query);
    expect(answer).toMatchObject({
      status: 200,
      data: { product: { name: 'Lamp', stock: null } },
      errors: [{ path: ['product'], extensions: { code: 'TIMEOUT', retryable: true, service: 'inventory' } }],
    });
    expect(answer.errors?.[0]?.message).toMatch(/time for this operation was over.*inventory/);
    // The connection is given up, so the subgraph hears of it.
    await until(() => links.inventory.open === 0);
  });

  it('cuts off mutations, too', async () => {
    const { ask, links } = await overHttp(200);
    links.products.fault = neverAnswers;
    expect(await ask('mutation { addNote(text: "x") }')).toMatchObject({
      data: { addNote: null },
      errors: [{ path: ['addNote'], extensions: { code: 'TIMEOUT', service: 'products' } }],
    });
  });

  it('does not wait for a resolver in the same process that is stuck', async () => {
    const { ask, shop } = await inProcess(200);
    expect(await ask('{ slow whoami }')).toMatchObject({
      data: { slow: null, whoami: null },
      errors: [
        { path: ['slow'], extensions: { code: 'TIMEOUT', service: 'products' } },
        { path: ['whoami'], extensions: { code: 'TIMEOUT', service: 'products' } },
      ],
    });
    shop.finishSlow?.();
    await untilWhole(ask, '{ notes }');
  });

  it('ends nothing that was answered before, and no stream', async () => {
    const { ask, port, shop } = await inProcess(100);
    const client = await openSocket(port);
    expect(await client.next()).toMatchObject({ type: 'connection_ack' });
    client.subscribe('1', 'subscription { priceChanged { name price } }');
    await until(() => shop.priceChanges.open === 1);
    await untilWhole(ask, '{ notes }');
    await new Promise((resolve) => setTimeout(resolve, 250));
    shop.priceChanges.push({ priceChanged: { id: 'p1', price: 7 } });
    expect(await client.next()).toMatchObject({
      type: 'next',
      payload: { data: { priceChanged: { name: 'Lamp', price: 7 } } },
    });
    client.close();
  });

  it('is told to subgraphs of ours as the time that is left, bounded by what each may take', async () => {
    const told: unknown[] = [];
    const server = createServer((request, response) => {
      told.push(request.headers['x-souk-time-left']);
      request.resume().on('end', () => response.end('{"data":{"a":1}}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a string.
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const app = createSubgraph({
      name: 'a',
      sdl: 'type Query { a: Int }',
      resolvers: {},
      logger: silent,
      createContext: () => ({}),
    });
    const secret = 'a-secret-of-thirty-two-characters-or-more';
    const toldWith = async (ms: number | false, timeoutMs: number, ours = true): Promise<unknown> => {
      const gateway = await startGateway([app], {
        transports: ({ name }) => httpTransport({ name, url, timeoutMs, ...(ours ? { secret } : {}) }),
        options: { deadline: ms === false ? ms : { ms } },
      });
      expect(await gateway.ask('{ a }')).toMatchObject({ data: { a: 1 } });
      await gateway.stop();
      return told.pop();
    };
    expect(await toldWith(60_000, 5_000)).toBe('5000');
    expect(await toldWith(false, 5_000)).toBe('5000');
    const left = Number(await toldWith(60_000, 90_000));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
    expect(await toldWith(60_000, 5_000, false)).toBeUndefined();
    server.close();
  });
});
