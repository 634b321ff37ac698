import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from './exchange.js';
import { createHttpServer } from './http-server.js';

/** More than an operating system takes into its own buffers, which may be tens of megabytes. */
const HUGE = Buffer.alloc(100_000_000, 'x');
/** How long nothing need be read, in milliseconds: for those who do not read. */
const SHORT_MS = 200;
/** The same for those who do: this machine may have other things to do for a while. */
const LONG_MS = 1_000;

let server: Server;
let answer: (response: ServerResponse) => void;
let answerPlain: (exchange: HttpExchange) => void;
let connection: Socket;
let client: Socket;
beforeEach(async () => {
  answer = (response) => response.end(HUGE);
  answerPlain = (exchange) => exchange.send(200, [], HUGE);
  server = createHttpServer((_request, response) => answer(response), {
    plain: {
      path: '/graphql',
      bodyLimit: 100,
      trustedProxies: 0,
      isOpen: () => true,
      answer: (exchange) => answerPlain(exchange),
    },
  });
  server.keepAliveTimeout = SHORT_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => {});
  client.pause();
  // Servers emit the sockets that they made.
  [connection] = (await once(server, 'connection')) as [Socket];
});
afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const PLAIN = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}';
const NODES = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';

/** Reads what there is to the end. @returns how much that was, in bytes */
async function rest(): Promise<number> {
  let read = 0;
  client.on('data', (chunk: Buffer) => (read += chunk.length));
  client.resume();
  await once(client, 'close');
  return read;
}

describe.each<[what: string, request: string, begin: () => void]>([
  ['a plain request', PLAIN, () => {}],
  [
    "a plain request with Node's response",
    PLAIN,
    () => {
      answerPlain = ({ response }) => response.end(HUGE);
    },
  ],
  ["a request of Node's", NODES, () => {}],
])('the answer to %s', (_, request, begin) => {
  beforeEach(begin);

  it('is cut off if nobody reads it', async () => {
    client.write(request);
    await once(connection, 'close');
    expect(await rest()).toBeLessThan(HUGE.length);
  });

  it('is whole for a client that reads it slowly', async () => {
    server.keepAliveTimeout = LONG_MS;
    const begun = performance.now();
    client.write(request);
    let read = 0;
    for await (const chunk of client.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      read += chunk.length;
      if (read > HUGE.length) break;
      const share = read / HUGE.length;
      while (performance.now() - begun < share * 3 * LONG_MS) await sleep(1);
    }
    expect(read).toBeGreaterThan(HUGE.length);
  });
});

describe("a connection of Node's", () => {
  it('is kept while its answer takes long, and closed when it has been idle for as long', async () => {
    answer = (response) => response.once('timeout', () => response.end('late'));
    client.write(NODES);
    let text = '';
    client.on('data', (chunk: Buffer) => (text += chunk.toString()));
    client.resume();
    await once(client, 'close');
    expect(text).toMatch(/late$/);
  });

  it('has the same limit for its next answer', async () => {
    server.keepAliveTimeout = LONG_MS;
    answer = (response) => response.end('short');
    client.write(NODES);
    await once(client, 'readable');
    answer = (response) => response.end(HUGE);
    client.write(NODES);
    await once(connection, 'close');
    const read = await rest();
    expect(read).toBeGreaterThan(1_000);
    expect(read).toBeLessThan(HUGE.length);
  });
});
