import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { sleep } from '@souk/kit/lifecycle';
import { until } from '@souk/testkit/waiting';
import { expect, it } from 'vitest';
import { sendRaw } from './__fixtures__/raw-socket.js';
import { openSocket } from './__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from './__fixtures__/start-gateway.js';
import { openStopDelay, type StopDelay } from './__fixtures__/stop-delay.js';
import { createTinyShop, type TinyShop } from './__fixtures__/tiny-shop.js';
import type { GatewayOptions } from './gateway-options.js';

it('finishes what is in flight, tells sockets to go, and refuses newcomers', async () => {
  const shop = createTinyShop();
  const running = await startGateway(shop.apps);
  const client = await openSocket(running.port);
  await client.next();
  client.subscribe('1', 'subscription { priceChanged { id } }');
  await until(() => shop.priceChanges.open === 1);
  const slow = running.ask('{ slow }');
  await until(() => shop.finishSlow !== undefined);

  const stopped = running.stop();
  expect((await client.closed).code).toBe(1001);
  await until(() => shop.priceChanges.open === 0);
  await expect(fetch(`${running.url}/health`)).rejects.toThrow();
  shop.finishSlow?.();
  expect((await slow).data).toEqual({ slow: 'done' });
  await stopped;
  await running.gateway.stop();
});

it('does not wait for idle kept-alive connections', async () => {
  const running = await startGateway(createTinyShop().apps);
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    request(`${running.url}/health`, { agent }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
  await running.stop();
  agent.destroy();
});

it('cuts what does not end in time', async () => {
  const shop = createTinyShop();
  const running = await startGateway(shop.apps, { options: { server: { drainMs: 100 } } });
  const slow = running.ask('{ slow }');
  const outcome = slow.then(
    () => 'answered',
    () => 'cut',
  );
  await until(() => shop.finishSlow !== undefined);
  await running.stop();
  expect(await outcome).toBe('cut');
});

/** Posts over kept-alive connections. @throws the system's error if no answer came */
const post = (url: string, agent: Agent, body: object) =>
  new Promise<{ status: number | undefined; text: string; closes: boolean }>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(`${url}/graphql`, { agent, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      const closes = response.headers.connection === 'close';
      response.on('end', () => resolve({ status: response.statusCode, text, closes }));
      response.on('error', reject);
    });
    sent.on('error', reject).end(JSON.stringify(body));
  });

/** One that is told to stop still takes requests, until `stopDelay` is ended. */
async function startPatient(
  apps: TinyShop['apps'],
  more: GatewayOptions = {},
): Promise<RunningGateway & { stopDelay: StopDelay }> {
  const stopDelay = openStopDelay();
  const options = { ...more, server: { ...more.server, stopDelayMs: 1 } };
  return { ...(await startGateway(apps, { options, delay: stopDelay.delay })), stopDelay };
}

it('says first that it is not ready, and still answers until balancers have heard', async () => {
  const running = await startPatient(createTinyShop().apps);
  const agent = new Agent({ keepAlive: true });
  const ask = () => post(running.url, agent, { query: '{ whoami }' });
  expect((await ask()).closes).toBe(false);
  const stopped = running.stop();
  const ready = await fetch(`${running.url}/ready`);
  expect([ready.status, (await fetch(`${running.url}/health`)).status]).toEqual([503, 200]);
  expect(await ask()).toEqual({ status: 200, text: '{"data":{"whoami":"anonymous"}}', closes: true });
  const client = await openSocket(running.port);
  expect((await client.next()).type).toBe('connection_ack');
  running.stopDelay.end();
  expect((await client.closed).code).toBe(1001);
  await stopped;
  await expect(ask()).rejects.toThrow();
  agent.destroy();
});

const SLOW = { query: '{ slow }' };
it.each<[what: string, body: object, lines: readonly string[], options: GatewayOptions]>([
  ['a plain one', SLOW, [], {}],
  ["a plain one with Node's response", SLOW, ['accept-encoding: gzip'], {}],
  ["a plain one that gets Node's response in the end", [SLOW], [], { batching: {} }],
  ["one of Node's", SLOW, [], { server: { plainRequests: false } }],
])(
  'ends connections with the answers that were under way, and says so: %s',
  async (_, body, lines, options) => {
    const shop = createTinyShop();
    const running = await startPatient(shop.apps, options);
    const text = JSON.stringify(body);
    const head = ['POST /graphql HTTP/1.1', 'host: a', 'content-type: application/json', ...lines];
    const asked = [...head, `content-length: ${text.length}`, '', text].join('\r\n');
    const slow = sendRaw(running.port, asked, 600_000);
    await until(() => shop.finishSlow !== undefined);
    const stopped = running.stop();
    shop.finishSlow?.();
    // It comes to an end while the gateway still takes requests.
    expect(await slow).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n[^]*"done"/i);
    running.stopDelay.end();
    await stopped;
  },
);

it('loses no request under load behind a balancer that asks who is ready', async () => {
  const shop = createTinyShop();
  const [leaving, staying] = [await startPatient(shop.apps), await startGateway(shop.apps)];
  const agent = new Agent({ keepAlive: true });
  let chosen: RunningGateway = leaving;
  let isOver = false;
  const asked = new Map<RunningGateway, number>();
  const answered = new Map<RunningGateway, number>();
  const count = (counts: Map<RunningGateway, number>, replica: RunningGateway): void =>
    void counts.set(replica, (counts.get(replica) ?? 0) + 1);
  const failures: unknown[] = [];

  const balancer = async (): Promise<void> => {
    while (chosen === leaving) {
      const isReady = await fetch(`${leaving.url}/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (!isReady) chosen = staying;
      await sleep(20);
    }
  };
  /** Sends nothing twice: whatever fails is lost. */
  const client = async (name: string): Promise<void> => {
    for (let n = 0; !isOver; n += 1) {
      const replica = chosen;
      count(asked, replica);
      const query = `mutation { addNote(text: "${name}-${n}") }`;
      const { status, text } = await post(replica.url, agent, { query }).catch((error: unknown) => ({
        status: 0,
        text: String(error),
      }));
      if (status !== 200 || !text.includes(`${name}-${n}`)) failures.push(text);
      count(answered, replica);
    }
  };
  const running = [balancer(), ...Array.from({ length: 8 }, (_, n) => client(`c${n}`))];
  await until(() => (answered.get(leaving) ?? 0) > 50);
  const stopped = leaving.stop();
  // All have heard, and nobody is on the way there any more.
  await until(() => chosen === staying && asked.get(leaving) === answered.get(leaving));
  leaving.stopDelay.end();
  await stopped;
  const after = answered.get(staying) ?? 0;
  await until(() => (answered.get(staying) ?? 0) > after + 50);
  isOver = true;
  await Promise.all(running);
  agent.destroy();
  await staying.stop();
  expect(failures).toEqual([]);
  expect(shop.notes).toHaveLength([...answered.values()].reduce((sum, each) => sum + each));
});

it('completes event streams', async () => {
  const shop = createTinyShop();
  const running = await startGateway(shop.apps);
  const stream = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { priceChanged { id } }' }),
  });
  await until(() => shop.priceChanges.open === 1);
  await running.stop();
  expect(await stream.text()).toBe('event: complete\ndata:\n\n');
  expect(shop.priceChanges.open).toBe(0);
});

it('lets go of refused upgrades, whose clients may neither read nor leave', async () => {
  const running = await startGateway(createTinyShop().apps, { options: { server: { drainMs: 100 } } });
  const { server } = running.gateway;
  // Waited for as an event: the connection may be gone before anybody could count it.
  const arrived = once(server, 'connection');
  const client = connect({ port: running.port, host: '127.0.0.1', allowHalfOpen: true });
  client.write(
    'GET /graphql HTTP/1.1\r\nhost: a\r\norigin: https://elsewhere.example\r\nconnection: upgrade\r\nupgrade: websocket\r\n' +
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n',
  );
  client.on('error', () => {});
  client.pause();
  const open = (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
  await arrived;
  await until(async () => (await open()) === 0);
  await running.stop();
  client.destroy();
});
