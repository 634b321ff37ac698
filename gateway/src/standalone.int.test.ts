import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess, untilHealthy } from './__fixtures__/gateway-process.js';
import { freePort } from '@souk/testkit/servers';
import { until } from '@souk/testkit/waiting';
import { type ServedShop, serveTinyShop } from './__fixtures__/served-shop.js';

let tiny: ServedShop;
let started: GatewayProcess | undefined;

const ask = async (query: string): Promise<unknown> => {
  const response = await fetch(`${started?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

beforeAll(async () => {
  tiny = await serveTinyShop();
});
afterEach(async () => {
  started?.signalGroup('SIGKILL');
  await started?.ended;
  started = undefined;
});
afterAll(() => tiny.stop());

it('serves any supergraph file, follows its replacement, and ends cleanly with its whole group', async () => {
  await tiny.replace(tiny.supergraphOf(1));
  started = startGatewayProcess(
    { SUPERGRAPH_SDL: tiny.file, SOUK_INTERNAL_SECRET: tiny.secret },
    await freePort(),
  );
  await untilHealthy(started);
  expect(await ask('{ products { name } whoami }')).toEqual({
    data: { products: [{ name: 'Lamp' }, { name: 'Chair' }], whoami: 'anonymous' },
  });

  await tiny.replace('type Query { broken: Int }');
  await until(() => started?.output().includes('the old one stays') ?? false);
  expect(await ask('{ whoami }')).toEqual({ data: { whoami: 'anonymous' } });

  await tiny.replace(tiny.supergraphOf(2));
  await until(() => started?.output().includes('supergraph replaced') ?? false);
  expect(await ask('{ product(id: "p1") { stock } }')).toEqual({ data: { product: { stock: 3 } } });

  started.signalGroup('SIGTERM');
  await started.ended;
  await until(() => !started?.groupLives());
  expect(started.output()).toContain('shutting down');
});

it("plans what the shop's client asks before it asks, with the shop's own supergraph", async () => {
  const root = path.join(import.meta.dirname, '../..');
  const manifest = JSON.parse(await readFile(path.join(root, 'schema/operations.json'), 'utf8')) as {
    readonly operations: readonly unknown[];
  };
  started = startGatewayProcess(
    { SUPERGRAPH_SDL: path.join(root, 'schema/supergraph.graphql') },
    await freePort(),
  );
  await untilHealthy(started);
  const planned = async (): Promise<number> => {
    const metrics = await (await fetch(`${started?.url}/metrics`)).text();
    return Number(
      /^souk_gateway_planning_duration_seconds_count\{outcome="ok"\} (\d+)/m.exec(metrics)?.[1] ?? 0,
    );
  };
  await expect.poll(planned, { timeout: 60_000 }).toBe(manifest.operations.length);
});

it('ends with code 0 when npm alone is told to, even twice', async () => {
  await tiny.replace(tiny.supergraphOf(1));
  started = startGatewayProcess({ SUPERGRAPH_SDL: tiny.file }, await freePort());
  await untilHealthy(started);
  started.signalLeader('SIGINT');
  started.signalGroup('SIGINT');
  expect(await started.ended).toBe(0);
  await until(() => !started?.groupLives());
});

it.each([
  [
    'a port that is taken',
    async () => ({ port: tiny.port, environment: { SUPERGRAPH_SDL: tiny.file } }),
    /choose one with PORT/,
  ],
  [
    'a missing file',
    async () => ({ port: 0, environment: { SUPERGRAPH_SDL: '/nowhere/supergraph.graphql' } }),
    /npm run compose/,
  ],
  [
    'a wrong setting',
    async () => ({
      port: 0,
      environment: { SUPERGRAPH_SDL: tiny.file, JWT_ISSUERS: 'x', LOG_LEVEL: 'loud' },
    }),
    /2 problems:\n.*JWT_ISSUERS: must be JSON\n.*LOG_LEVEL/,
  ],
])('says in plain words what is wrong with %s, and starts nothing', async (_what, given, message) => {
  await tiny.replace(tiny.supergraphOf(1));
  const { port, environment } = await given();
  started = startGatewayProcess(environment, port);
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(message);
  expect(started.output()).not.toMatch(/\n {4}at /);
});
