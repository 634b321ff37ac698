import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ANONYMOUS } from '@souk/kit/auth';
import { Cancellation } from '@souk/kit/lifecycle';
import { until } from '@souk/testkit/waiting';
import type { ExecutionResult } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { httpTransport } from './http.js';

/** Together more than an operating system takes into its own buffers, which may be tens of megabytes. */
const LARGE = { events: 1_500, text: 'x'.repeat(65_536) };
/** Together more than is read at once, and less than the operating system takes. */
const SMALL = { events: 300, text: 'x'.repeat(4_096) };
/** How long nothing must happen to count as a standstill, in milliseconds. */
const QUIET_MS = 1_000;

let server: WebSocketServer;
let port: number;
let source: { readonly events: number; readonly text: string };
/** Events that have left the subgraph, and when the latest did. */
let sent: number;
let sentAt: number;
let pings: number;
let isGone: boolean;
/** The subgraph takes connections and says nothing. */
let isFrozen: boolean;
beforeEach(async () => {
  sent = 0;
  pings = 0;
  isGone = false;
  isFrozen = false;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: ([first]) => first ?? false });
  server.on('connection', (socket) => {
    socket.on('close', () => (isGone = true));
    socket.on('message', (data) => {
      if (isFrozen) return;
      // Text frames arrive as a Buffer.
      const { type, id } = JSON.parse((data as Buffer).toString()) as { type: string; id?: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'ping') {
        pings += 1;
        socket.send('{"type":"pong"}');
      }
      if (type === 'subscribe') void pour(socket, id);
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  // A TCP server's address is never a string.
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  return new Promise((resolve) => server.close(resolve));
});

/** One event after the other, as fast as they are taken, as subgraphs do that wait for what they send. */
async function pour(socket: WebSocket, id: string | undefined): Promise<void> {
  for (let n = 0; n < source.events && socket.readyState === WebSocket.OPEN; n += 1) {
    const message = JSON.stringify({ id, type: 'next', payload: { data: { n, text: source.text } } });
    await new Promise((resolve) => socket.send(message, resolve));
    sent = n + 1;
    sentAt = performance.now();
  }
  socket.send(JSON.stringify({ id, type: 'complete' }));
}

/** A stream of which the first event was read. */
async function subscribe(keepAliveMs?: number): Promise<AsyncIterator<ExecutionResult>> {
  const transport = httpTransport({
    name: 'source',
    url: `http://127.0.0.1:${port}/graphql`,
    ...(keepAliveMs === undefined ? {} : { keepAliveMs }),
  });
  const stream = await transport.subscribe({
    query: 'subscription { n text }',
    context: { viewer: ANONYMOUS, requestId: 'request-0001' },
  });
  if (!(Symbol.asyncIterator in stream)) throw new Error('no stream');
  const events = stream[Symbol.asyncIterator]();
  expect((await events.next()).value).toMatchObject({ data: { n: 0 } });
  return events;
}

it('a reader who is slow slows the subgraph down, and who leaves takes the link along', async () => {
  source = LARGE;
  const events = await subscribe();
  await until(() => sent === source.events || performance.now() - sentAt > QUIET_MS);
  expect(sent).toBeLessThan(source.events);
  await events.return?.();
  await until(() => isGone);
  expect(sent).toBeLessThan(source.events);
});

it('what was not read for a while is not lost, and its link not taken for broken although no pong is heard', async () => {
  source = SMALL;
  const keepAliveMs = 1_000;
  const events = await subscribe(keepAliveMs);
  await until(() => pings === 1);
  await new Promise((resolve) => setTimeout(resolve, 2 * keepAliveMs));
  expect(isGone).toBe(false);
  for (let n = 1; n < source.events; n += 1)
    expect((await events.next()).value).toMatchObject({ data: { n } });
  expect(await events.next()).toEqual({ done: true, value: undefined });
  await until(() => isGone);
});

describe('who leaves before the link stands does not hear how it fails', () => {
  const timeoutMs = 200;
  /** Nobody waits for what ends with the signal: a rejection there would end the process, and fails this run. */
  async function leave(at: number): Promise<void> {
    const left = new Cancellation();
    const stream = await httpTransport({
      name: 'source',
      url: `http://127.0.0.1:${at}/graphql`,
      timeoutMs,
    }).subscribe({
      query: 'subscription { n text }',
      context: { viewer: ANONYMOUS, requestId: 'request-0001' },
      signal: left,
    });
    if (!(Symbol.asyncIterator in stream)) throw new Error('no stream');
    left.abort();
    // Resolves once the link has failed.
    expect(await stream[Symbol.asyncIterator]().return?.()).toEqual({ done: true, value: undefined });
  }

  it('since the subgraph does not greet', async () => {
    isFrozen = true;
    await leave(port);
    await until(() => isGone);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['does not even answer that it speaks WebSocket', (socket) => socket.resume()],
    ['hangs up', (socket) => socket.destroy()],
  ])('since the subgraph %s', async (_, answer) => {
    const subgraph = createServer(answer);
    await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a string.
    await leave((subgraph.address() as AddressInfo).port);
    await new Promise((resolve) => subgraph.close(resolve));
  });
});
