import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSubgraph } from '@souk/kit/subgraph';
import { until } from '@souk/testkit/waiting';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSocket, type SocketClient } from '../__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { silent } from '../__fixtures__/tiny-shop.js';
import { httpTransport } from '../transport/http.js';

/** One question to the subgraph that is not answered yet. */
interface Held {
  readonly query: string;
  /** True once the gateway has given it up. */
  isGivenUp: boolean;
  answer(data: object): void;
}

/** What the subgraph is like; the server below answers in its place: what is quick, and what a test lets it. */
const app = createSubgraph({
  name: 'till',
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
    type Query { quick: Int slow: Int } type Mutation { pay: Int }`,
  resolvers: {},
  logger: silent,
  createContext: () => ({}),
});

let held: Held[];
let subgraph: Server;
let running: RunningGateway;
let client: SocketClient;
beforeAll(async () => {
  subgraph = createServer((request, response) => {
    let query = '';
    request.on('data', (chunk: Buffer) => (query += chunk.toString()));
    request.on('end', () => {
      const answer = (data: object): void => void response.end(JSON.stringify({ data }));
      if (query.includes('quick')) return answer({ quick: 1 });
      const one: Held = { query, isGivenUp: false, answer };
      held.push(one);
      response.on('close', () => (one.isGivenUp = !response.writableEnded));
    });
  });
  await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = subgraph.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  running = await startGateway([app], {
    transports: ({ name }) => httpTransport({ name, url }),
    options: { sockets: { maxOperations: 2 } },
  });
});
beforeEach(async () => {
  held = [];
  client = await openSocket(running.port);
  await client.next();
});
afterEach(() => client.close());
afterAll(async () => {
  await running.stop();
  subgraph.closeAllConnections();
  await new Promise((resolve) => subgraph.close(resolve));
});

const complete = (id: string): void => client.send({ id, type: 'complete' });
async function isServed(id: string): Promise<void> {
  client.subscribe(id, '{ quick }');
  expect(await client.next()).toEqual({ id, type: 'next', payload: { data: { quick: 1 } } });
  expect(await client.next()).toEqual({ id, type: 'complete' });
}

it('a query that its client completes is given up at the subgraph, and makes room', async () => {
  for (const id of ['1', '2']) client.subscribe(id, '{ slow }');
  await until(() => held.length === 2);
  client.subscribe('3', '{ quick }');
  expect(await client.next()).toMatchObject({ id: '3', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
  complete('1');
  await until(() => held.some(({ isGivenUp }) => isGivenUp));
  await isServed('3');
  expect(held.map(({ isGivenUp }) => isGivenUp).sort()).toEqual([false, true]);
});

it.each([
  ['HTTP', 'application/json'],
  ['SSE', 'text/event-stream'],
])('a client that leaves takes its query along, by %s', async (_by, accept) => {
  const leaving = new AbortController();
  const asked = fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: '{ slow }' }),
    signal: leaving.signal,
  });
  await until(() => held.length === 1);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  await until(() => held[0]?.isGivenUp === true);
});

it('a client that leaves takes its query along, by WebSocket', async () => {
  client.subscribe('1', '{ slow }');
  await until(() => held.length === 1);
  client.socket.terminate();
  await until(() => held[0]?.isGivenUp === true);
});

it('a mutation that began is finished, and counts until then', async () => {
  for (const id of ['1', '2']) {
    client.subscribe(id, 'mutation { pay }');
    complete(id);
  }
  await until(() => held.length === 2);
  client.subscribe('3', '{ quick }');
  expect(await client.next()).toMatchObject({ id: '3', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
  expect(held.map(({ isGivenUp }) => isGivenUp)).toEqual([false, false]);
  for (const { answer } of held) answer({ pay: 5 });
  let told: unknown;
  do {
    client.subscribe('4', '{ quick }');
    told = (await client.next()).payload;
  } while (Array.isArray(told));
  expect(told).toEqual({ data: { quick: 1 } });
});

it('an answer that nobody waits for is not taken for that of the next operation of its id', async () => {
  client.subscribe('1', 'mutation { pay }');
  await until(() => held.length === 1);
  complete('1');
  client.subscribe('1', '{ slow }');
  await until(() => held.length === 2);
  held.find(({ query }) => query.includes('pay'))?.answer({ pay: 5 });
  await isServed('2');
  held.find(({ query }) => query.includes('slow'))?.answer({ slow: 7 });
  expect(await client.next()).toEqual({ id: '1', type: 'next', payload: { data: { slow: 7 } } });
  expect(await client.next()).toEqual({ id: '1', type: 'complete' });
});
