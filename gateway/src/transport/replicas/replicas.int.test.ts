import { ANONYMOUS } from '@souk/kit/auth';
import { createLogger } from '@souk/kit/log';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@souk/testkit/waiting';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { FetchDescription, TextTransport } from '../subgraph-transport.js';
import type { LookUp } from './follow-addresses.js';
import { replicatedTransport, type ReplicatedTransportOptions } from './replicated-transport.js';

const logger = createLogger({ level: 'silent' });
const context = { viewer: ANONYMOUS, requestId: 'request-0001' };
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** One process of a subgraph, as far as the gateway can tell. */
interface FakeReplica {
  readonly url: string;
  readonly port: number;
  asked: number;
  does: 'answers' | 'waits' | 'breaks';
  ready: boolean;
  /** Ends those that wait. */
  release(): void;
  stop(): Promise<void>;
}

async function startReplica(name: string, { host = '127.0.0.1', port = 0 } = {}): Promise<FakeReplica> {
  const waiting: ServerResponse[] = [];
  const answer = (response: ServerResponse): void => void response.end(JSON.stringify({ data: { name } }));
  const server: Server = createServer((request, response) => {
    if (request.url === '/ready') return void response.writeHead(replica.ready ? 200 : 503).end();
    replica.asked += 1;
    request.resume().on('end', () => {
      if (replica.does === 'answers') answer(response);
      else if (replica.does === 'waits') waiting.push(response);
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  // A TCP server's address is never a string.
  const { port: taken } = server.address() as AddressInfo;
  const replica: FakeReplica = {
    url: `http://${host}:${taken}/graphql`,
    port: taken,
    asked: 0,
    does: 'answers',
    ready: true,
    release: () => waiting.splice(0).forEach(answer),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  open.push(replica.stop);
  return replica;
}

function reach(
  urls: readonly [string, ...string[]],
  options: Partial<ReplicatedTransportOptions> = {},
): TextTransport {
  const transport = replicatedTransport({ name: 'stock', urls, logger, ...options });
  open.unshift(() => transport.close(50));
  return transport;
}

const fetch = (kind: FetchDescription['kind']): FetchDescription => ({
  subgraph: 'stock',
  kind,
  operationName: undefined,
  isEntityFetch: false,
  path: [],
});
const ask = async (transport: TextTransport, kind: FetchDescription['kind'] = 'query'): Promise<unknown> =>
  (await transport.executeJson({ body: '{"query":"{name}"}', context, fetch: fetch(kind) })).data?.['name'];

describe('replicas of a subgraph', () => {
  it('get each request where the fewest are under way', async () => {
    const [one, two] = await Promise.all([startReplica('one'), startReplica('two')]);
    const transport = reach([one.url, two.url]);
    one.does = 'waits';
    const slow: Promise<unknown>[] = [];
    // Turns are taken: at the latest the second one waits.
    while (one.asked === 0) {
      slow.push(ask(transport));
      await until(() => one.asked + two.asked === slow.length);
    }
    const before = two.asked;
    for (let count = 0; count < 5; count += 1) expect(await ask(transport)).toBe('two');
    expect(two.asked - before).toBe(5);
    one.release();
    await Promise.all(slow);
  });

  it('stand in for one that is gone, for mutations too, and it is left alone', async () => {
    const [one, two] = await Promise.all([startReplica('one'), startReplica('two')]);
    const transport = reach([one.url, two.url], { restMs: 60_000 });
    await one.stop();
    for (let count = 0; count < 6; count += 1) expect(await ask(transport, 'mutation')).toBe('two');
    expect(two.asked).toBe(6);
  });

  it('are not asked again what may have arrived: that is up to the retry policy, which meets another one', async () => {
    const [one, two] = await Promise.all([startReplica('one'), startReplica('two')]);
    const transport = reach([one.url, two.url], { restMs: 60_000 });
    one.does = 'breaks';
    const outcomes = await Promise.allSettled([ask(transport, 'mutation'), ask(transport, 'mutation')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([one.asked, two.asked]).toEqual([1, 1]);
    for (let count = 0; count < 4; count += 1) expect(await ask(transport)).toBe('two');
  });

  it('are tried again after their rest', async () => {
    const [one, two] = await Promise.all([startReplica('one'), startReplica('two')]);
    const transport = reach([one.url, two.url], { restMs: 20 });
    one.does = 'breaks';
    await Promise.allSettled([ask(transport), ask(transport)]);
    one.does = 'answers';
    const names = new Set<unknown>();
    while (names.size < 2) {
      names.add(await ask(transport));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });

  it('get nothing while they say that they are not ready', async () => {
    const [one, two] = await Promise.all([startReplica('one'), startReplica('two')]);
    const transport = reach([one.url, two.url], { readyPath: '/ready', checkMs: 10 });
    one.ready = false;
    await untilAnsweredBy(transport, new Set(['two']));
    await transport.checkReady();
    one.ready = true;
    await untilAnsweredBy(transport, new Set(['one', 'two']));
    one.ready = two.ready = false;
    await expect(transport.checkReady()).rejects.toThrow();
    // Nobody is ready, but somebody may answer.
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await ask(transport)).toMatch(/one|two/);
  });

  it('all gone: UNAVAILABLE, and whole again when one is back', async () => {
    const [one, two] = await Promise.all([startReplica('one'), startReplica('two')]);
    const transport = reach([one.url, two.url], { restMs: 60_000 });
    await Promise.all([one.stop(), two.stop()]);
    await expect(ask(transport)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    await startReplica('again', { port: one.port });
    expect(await ask(transport)).toBe('again');
  });
});

/** Asks until the last few answers came from exactly these. */
async function untilAnsweredBy(transport: TextTransport, names: ReadonlySet<string>): Promise<void> {
  for (;;) {
    const seen = new Set(await Promise.all(Array.from({ length: 8 }, () => ask(transport))));
    if (seen.size === names.size && [...seen].every((name) => names.has(String(name)))) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('addresses of one name', () => {
  /** Two replicas on one port of two addresses, as a headless service has them. */
  async function named() {
    const one = await startReplica('one');
    const two = await startReplica('two', { host: '127.0.0.2', port: one.port });
    let found: string[] | Error = ['127.0.0.1', '127.0.0.2'];
    let looks = 0;
    const lookUp: LookUp = async (host) => {
      expect(host).toBe('stock.test');
      looks += 1;
      if (found instanceof Error) throw found;
      return found;
    };
    const transport = reach([`http://stock.test:${one.port}/graphql`], { resolveMs: 10, lookUp });
    return {
      one,
      two,
      transport,
      find: (next: string[] | Error) => (found = next),
      looked: async () => {
        const before = looks;
        await until(() => looks > before + 1);
      },
    };
  }

  it('are replicas; new ones are used and gone ones left, without a restart', async () => {
    const { transport, find } = await named();
    await untilAnsweredBy(transport, new Set(['one', 'two']));
    find(['127.0.0.2']);
    await untilAnsweredBy(transport, new Set(['two']));
    find(['127.0.0.1']);
    await untilAnsweredBy(transport, new Set(['one']));
  });

  it('stay as they are while the name cannot be resolved', async () => {
    const { transport, find, looked } = await named();
    await untilAnsweredBy(transport, new Set(['one', 'two']));
    for (const nothing of [new Error('queryA ESERVFAIL'), []]) {
      find(nothing);
      await looked();
      await untilAnsweredBy(transport, new Set(['one', 'two']));
    }
  });

  it('let requests finish at an address that is gone', async () => {
    const { transport, one, find } = await named();
    find(['127.0.0.1']);
    await untilAnsweredBy(transport, new Set(['one']));
    one.does = 'waits';
    const before = one.asked;
    const answer = ask(transport);
    await until(() => one.asked > before);
    one.does = 'answers';
    find(['127.0.0.2']);
    await untilAnsweredBy(transport, new Set(['two']));
    one.release();
    expect(await answer).toBe('one');
  });

  it('never known: the name itself is asked, and nothing waits for the resolver', async () => {
    const one = await startReplica('one');
    const transport = reach([`http://localhost:${one.port}/graphql`], {
      resolveMs: 10,
      lookUp: () => new Promise(() => {}),
    });
    expect(await ask(transport)).toBe('one');
  });

  it('get subscriptions too, under the name', async () => {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.2',
      handleProtocols: ([first]) => first ?? false,
    });
    open.push(() => new Promise((resolve) => server.close(resolve)));
    let host: string | undefined;
    server.on('connection', (socket, request) => {
      ({ host } = request.headers);
      socket.on('message', (data) => {
        // Text frames arrive as a Buffer.
        const { type, id } = JSON.parse((data as Buffer).toString()) as { type: string; id?: string };
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (type !== 'subscribe') return;
        socket.send(JSON.stringify({ id, type: 'next', payload: { data: { tick: 1 } } }));
        socket.send(JSON.stringify({ id, type: 'complete' }));
      });
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    let known = false;
    const transport = reach([`http://stock.test:${port}/graphql`], {
      resolveMs: 60_000,
      lookUp: async () => ((known = true), ['127.0.0.2']),
    });
    await until(() => known);
    await new Promise((resolve) => setImmediate(resolve));
    const stream = await transport.subscribe({ query: 'subscription { tick }', context });
    const seen: unknown[] = [];
    if (Symbol.asyncIterator in stream) for await (const { data } of stream) seen.push(data);
    expect(seen).toEqual([{ tick: 1 }]);
    expect(host).toBe(`stock.test:${port}`);
  });
});
