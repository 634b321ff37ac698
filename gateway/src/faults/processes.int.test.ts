import { type ServedSubgraph, serveSubgraph } from '@souk/kit/server';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { freePort } from '@souk/testkit/servers';
import { startSubgraphProcess, type SubgraphProcess } from '../__fixtures__/subgraph-process.js';
import { createTinyShop, silent } from '../__fixtures__/tiny-shop.js';
import type { GatewayOptions } from '../gateway-options.js';
import { httpTransport } from '../transport/http.js';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';
import { inProcessTransport } from '../transport/in-process.js';
import { replicatedTransport } from '../transport/replicas/replicated-transport.js';

const processes: SubgraphProcess[] = [];
const served: ServedSubgraph[] = [];
let running: RunningGateway | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await Promise.all(processes.splice(0).map((one) => one.kill()));
  await Promise.all(served.splice(0).map((one) => one.stop()));
});

async function start(stock: number, port?: number): Promise<SubgraphProcess> {
  const started = await startSubgraphProcess(stock, port === undefined ? {} : { port });
  processes.push(started);
  return started;
}

/** The tiny shop, whose inventory is somewhere else. */
async function shopOver(
  urls: readonly [string, ...string[]],
  resilience: GatewayOptions['resilience'] = { retry: false, breaker: false },
): Promise<RunningGateway> {
  const { apps } = createTinyShop();
  const inventory = replicatedTransport({
    name: 'inventory',
    urls,
    logger: silent,
    timeoutMs: 1_500,
    readyPath: '/ready',
    checkMs: 50,
  });
  const transports = new Map(
    apps.map((app) => [app.name, app.name === 'inventory' ? inventory : inProcessTransport(app)]),
  );
  running = await startGateway(apps, { transports, options: { resilience } });
  return running;
}

const QUERY = '{ product(id: "p1") { name stock } }';
const whole = (stock: number): object => ({ product: { name: 'Lamp', stock } });
const without = (code: string): object => ({
  status: 200,
  data: { product: { name: 'Lamp', stock: null } },
  errors: [{ path: ['product'], extensions: { code, retryable: true, service: 'inventory' } }],
});
async function untilAnswered(ask: RunningGateway['ask'], isIt: (answer: Answer) => boolean): Promise<void> {
  while (!isIt(await ask(QUERY))) await new Promise((resolve) => setTimeout(resolve, 20));
}
const isWhole = ({ errors }: Answer): boolean => errors === undefined;

describe('the process of a subgraph', () => {
  it('is killed, and comes back: UNAVAILABLE meanwhile, whole afterwards, without a restart', async () => {
    const inventory = await start(3);
    const { ask } = await shopOver([inventory.url]);
    expect((await ask(QUERY)).data).toEqual(whole(3));
    await inventory.kill();
    expect(await ask(QUERY)).toMatchObject(without('UNAVAILABLE'));
    await start(4, inventory.port);
    expect((await ask(QUERY)).data).toEqual(whole(4));
  });

  it('is frozen, and goes on: TIMEOUT meanwhile, whole afterwards', async () => {
    const inventory = await start(3);
    const { ask } = await shopOver([inventory.url]);
    expect((await ask(QUERY)).data).toEqual(whole(3));
    inventory.freeze();
    expect(await ask(QUERY)).toMatchObject(without('TIMEOUT'));
    inventory.thaw();
    expect((await ask(QUERY)).data).toEqual(whole(3));
  });

  it('keeps failing: it is left alone for a while, nobody waits for it, and a single request finds out that it is back', async () => {
    const inventory = await start(3);
    const breaker = { minimumRequests: 3, openMs: 300 };
    const { ask } = await shopOver([inventory.url], { retry: false, breaker });
    expect((await ask(QUERY)).data).toEqual(whole(3));
    inventory.freeze();
    await untilAnswered(ask, ({ errors }) => errors?.[0]?.message.includes('keeps failing') ?? false);
    inventory.thaw();
    await untilAnswered(ask, isWhole);
  });
});

describe('one of several processes of a subgraph', () => {
  it('is killed: no query fails, since another one is asked', async () => {
    const [first, second] = await Promise.all([start(3), start(3)]);
    const { ask } = await shopOver([first.url, second.url], { breaker: false });
    for (let count = 0; count < 4; count += 1) expect((await ask(QUERY)).data).toEqual(whole(3));
    await first.kill();
    for (let count = 0; count < 20; count += 1) expect((await ask(QUERY)).data).toEqual(whole(3));
  });

  it('is frozen: it gets no requests once it does not say that it is ready', async () => {
    const [first, second] = await Promise.all([start(3), start(4)]);
    const { ask } = await shopOver([first.url, second.url]);
    expect((await ask(QUERY)).errors).toBeUndefined();
    first.freeze();
    // A few in a row: by chance, those it does not have.
    let row = 0;
    await untilAnswered(ask, (answer) => (row = isWhole(answer) ? row + 1 : 0) === 10);
    first.thaw();
    await untilAnswered(ask, ({ data }) => JSON.stringify(data) === JSON.stringify(whole(3)));
  });
});

describe('all subgraphs', () => {
  it('are away when the gateway starts: it starts, is alive and not ready, and answers as they come', async () => {
    const secret = 'a-secret-of-thirty-two-characters-or-more';
    const { apps } = createTinyShop();
    const ports = new Map<string, number>();
    for (const { name } of apps) ports.set(name, await freePort());
    const transports = ({ name }: { name: string }): SubgraphTransport =>
      httpTransport({
        name,
        url: `http://127.0.0.1:${ports.get(name)}/graphql`,
        secret,
        readyPath: '/ready',
      });
    const options = { resilience: { retry: false, breaker: false } } as const;
    const { ask, url } = (running = await startGateway(apps, { transports, options }));
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect(await ask(QUERY)).toMatchObject({
      data: { product: null },
      errors: [{ path: ['product'], extensions: { code: 'UNAVAILABLE', service: 'products' } }],
    });
    expect((await ask('{ __schema { queryType { name } } }')).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
    const seen: unknown[] = [];
    for (const app of apps) {
      const port = ports.get(app.name) ?? 0;
      served.push(
        await serveSubgraph(app, { host: '127.0.0.1', port, secret, logger: silent, drainMs: 100 }),
      );
      seen.push((await ask(QUERY)).data);
    }
    expect(seen).toEqual([{ product: { name: 'Lamp', stock: null } }, whole(3), whole(3)]);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  });
});
