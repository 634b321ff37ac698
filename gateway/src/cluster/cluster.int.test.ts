import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess, untilHealthy } from '../__fixtures__/gateway-process.js';
import { freePort } from '@souk/testkit/servers';
import { until } from '@souk/testkit/waiting';
import { type ServedShop, serveTinyShop } from '../__fixtures__/served-shop.js';

let tiny: ServedShop;
let started: GatewayProcess | undefined;

/** Over a connection of its own, so that it may reach any worker. */
const ask = (query: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const asking = request(
      `${started?.url}/graphql`,
      { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(JSON.parse(text)));
      },
    );
    asking.on('error', reject).end(JSON.stringify({ query }));
  });
/** Process ids of the workers that wrote lines with this message. */
const workersThat = (message: string): Set<number> =>
  new Set(
    (started?.output() ?? '')
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as { readonly msg: string; readonly worker?: number })
      .flatMap(({ msg, worker }) => (msg === message && worker !== undefined ? [worker] : [])),
  );
/** A connection that was asked once. */
async function idleConnection(port: number): Promise<{ readonly closed: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  socket.write('GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(socket, 'data');
  return { closed };
}
const askUntil = async (done: () => boolean): Promise<void> => {
  while (!done()) expect(await ask('{ whoami }')).toEqual({ data: { whoami: 'anonymous' } });
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

it('serves from two processes behind one port, replaces one that dies, and ends with all of them', async () => {
  await tiny.replace(tiny.supergraphOf(1));
  const environment = { SUPERGRAPH_SDL: tiny.file, SOUK_INTERNAL_SECRET: tiny.secret };
  started = startGatewayProcess(environment, await freePort(), ['--cpus', '2']);
  await untilHealthy(started);
  await until(() => started?.output().includes('all workers serve') ?? false);

  await askUntil(() => workersThat('request').size === 2);
  const [first = 0, second = 0] = workersThat('gateway ready');
  expect(workersThat('request')).toEqual(new Set([first, second]));

  await tiny.replace(tiny.supergraphOf(2));
  await until(() => workersThat('supergraph replaced').size === 2);
  expect(await ask('{ product(id: "p1") { stock } }')).toEqual({ data: { product: { stock: 3 } } });
  expect(await ask('{ product(id: "p1") { stock } }')).toEqual({ data: { product: { stock: 3 } } });

  process.kill(first, 'SIGKILL');
  await until(() => workersThat('gateway ready').size === 3);
  expect(started.output()).toContain('another one takes its place');
  const third = [...workersThat('gateway ready')].at(-1) ?? 0;
  await askUntil(() => workersThat('request').has(third));

  started.signalGroup('SIGTERM');
  expect(await started.ended).toBe(0);
  await until(() => !started?.groupLives());
});

it('lets its processes take as long to stop as the settings say', async () => {
  await tiny.replace(tiny.supergraphOf(1));
  const environment = {
    SUPERGRAPH_SDL: tiny.file,
    // Longer than processes may take that said nothing.
    GATEWAY__SERVER__STOP_DELAY_MS: '4500',
    // What still runs then ends when this test says so, and is not cut.
    GATEWAY__SERVER__DRAIN_MS: '60000',
  };
  const port = await freePort();
  started = startGatewayProcess(environment, port, ['--cpus', '2']);
  await untilHealthy(started);
  await until(() => started?.output().includes('all workers serve') ?? false);
  const slow = ask('{ slow }').catch((error: unknown) => error);
  await until(() => tiny.shop.finishSlow !== undefined);
  const idle = await idleConnection(port);

  started.signalGroup('SIGTERM');
  await until(() => workersThat('shutting down').size === 2);
  expect(await ask('{ whoami }')).toEqual({ data: { whoami: 'anonymous' } });
  // The delay is over when idle connections are closed.
  await idle.closed;
  tiny.shop.finishSlow?.();
  expect(await slow).toEqual({ data: { slow: 'done' } });
  expect(await started.ended).toBe(0);
});

it('sums metrics over its processes, whichever is asked', async () => {
  await tiny.replace(tiny.supergraphOf(1));
  started = startGatewayProcess({ SUPERGRAPH_SDL: tiny.file, GATEWAY_CPUS: '2' }, await freePort());
  await untilHealthy(started);
  await until(() => started?.output().includes('all workers serve') ?? false);
  for (let n = 0; n < 6; n += 1) await ask('query Who { whoami }');
  await until(() => workersThat('request').size === 2);
  const scrape = async (): Promise<string> => (await fetch(`${started?.url}/metrics`)).text();
  const counted =
    'souk_gateway_operation_duration_seconds_count{graphql_operation_name="Who",graphql_operation_type="query",outcome="ok"} 6';
  expect(await scrape()).toContain(counted);
  expect(await scrape()).toContain(counted);
});

it('says once why it cannot start, and ends', async () => {
  await tiny.replace('type Query { broken: Int }');
  started = startGatewayProcess({ SUPERGRAPH_SDL: tiny.file }, await freePort(), ['--cpus', '3']);
  expect(await started.ended).toBe(1);
  expect(started.output().match(/must be a core schema/g)?.length).toBe(1);
  expect(started.output()).toMatch(/did not start/);
  expect(started.output()).not.toMatch(/\n {4}at /);
});

it.each([
  [['--cpus', 'many'], /GATEWAY_CPUS/],
  [['--workers', '2'], /--workers.*--cpus 4/],
])('refuses the arguments %j in plain words', async (args, message) => {
  started = startGatewayProcess({ SUPERGRAPH_SDL: tiny.file }, await freePort(), args);
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(message);
  expect(started.output()).not.toMatch(/\n {4}at /);
});
