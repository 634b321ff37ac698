import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { serveSubgraph, type ServedSubgraph } from '@souk/kit/server';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess, untilHealthy } from './__fixtures__/gateway-process.js';
import { until } from './__fixtures__/socket-client.js';
import { createTinyShop, silent } from './__fixtures__/tiny-shop.js';
import { composeSupergraph } from './supergraph/compose.js';

const secret = 'a-secret-of-thirty-two-characters-or-more';
const shop = createTinyShop();
let folder: string;
let file: string;
let served: ServedSubgraph[];
let started: GatewayProcess | undefined;

const supergraphOf = (count: number): string =>
  composeSupergraph(
    shop.apps
      .slice(0, count)
      .map((app, index) => ({ name: app.name, sdl: app.sdl, url: `${served[index]?.url}/graphql` })),
  ).supergraphSdl;
const replace = async (sdl: string): Promise<void> => {
  await writeFile(`${file}.new`, sdl);
  await rename(`${file}.new`, file);
};
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      // A TCP server's address is never a string.
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
const ask = async (query: string): Promise<unknown> => {
  const response = await fetch(`${started?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-gateway-'));
  file = path.join(folder, 'supergraph.graphql');
  served = await Promise.all(
    shop.apps.map((app) =>
      serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger: silent, drainMs: 200 }),
    ),
  );
});
afterEach(async () => {
  started?.signalGroup('SIGKILL');
  await started?.ended;
  started = undefined;
});
afterAll(async () => {
  await Promise.all(served.map((subgraph) => subgraph.stop()));
  await rm(folder, { recursive: true });
});

it('serves any supergraph file, follows its replacement, and ends cleanly with its whole group', async () => {
  await replace(supergraphOf(1));
  started = startGatewayProcess({ SUPERGRAPH_SDL: file, SOUK_INTERNAL_SECRET: secret }, await freePort());
  await untilHealthy(started);
  expect(await ask('{ products { name } whoami }')).toEqual({
    data: { products: [{ name: 'Lamp' }, { name: 'Chair' }], whoami: 'anonymous' },
  });

  await replace('type Query { broken: Int }');
  await until(() => started?.output().includes('the old one stays') ?? false);
  expect(await ask('{ whoami }')).toEqual({ data: { whoami: 'anonymous' } });

  await replace(supergraphOf(2));
  await until(() => started?.output().includes('supergraph replaced') ?? false);
  expect(await ask('{ product(id: "p1") { stock } }')).toEqual({ data: { product: { stock: 3 } } });

  started.signalGroup('SIGTERM');
  await started.ended;
  await until(() => !started?.groupLives());
  expect(started.output()).toContain('shutting down');
});

it('ends with code 0 when npm alone is told to, even twice', async () => {
  await replace(supergraphOf(1));
  started = startGatewayProcess({ SUPERGRAPH_SDL: file }, await freePort());
  await untilHealthy(started);
  started.signalLeader('SIGINT');
  started.signalGroup('SIGINT');
  expect(await started.ended).toBe(0);
  await until(() => !started?.groupLives());
});

it.each([
  [
    'a port that is taken',
    async () => ({ port: served[0]?.port ?? 0, environment: { SUPERGRAPH_SDL: file } }),
    /choose one with PORT/,
  ],
  [
    'a missing file',
    async () => ({ port: 0, environment: { SUPERGRAPH_SDL: '/nowhere/supergraph.graphql' } }),
    /npm run compose/,
  ],
  [
    'a wrong setting',
    async () => ({ port: 0, environment: { SUPERGRAPH_SDL: file, JWT_ISSUERS: 'x', LOG_LEVEL: 'loud' } }),
    /2 problems:\n.*JWT_ISSUERS: must be JSON\n.*LOG_LEVEL/,
  ],
])('says in plain words what is wrong with %s, and starts nothing', async (_what, given, message) => {
  await replace(supergraphOf(1));
  const { port, environment } = await given();
  started = startGatewayProcess(environment, port);
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(message);
  expect(started.output()).not.toMatch(/\n {4}at /);
});
