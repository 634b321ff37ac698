import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Socket, connect } from 'node:net';
import { listen } from '@souk/kit/lifecycle';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendRaw } from '../__fixtures__/raw-socket.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop } from '../__fixtures__/tiny-shop.js';
import { createHttpServer, drain } from './http-server.js';

let running: RunningGateway;
beforeEach(async () => {
  running = await startGateway(createTinyShop().apps, { options: { server: { bodyLimit: 200_000 } } });
});
afterEach(() => running.stop());

const ASK = '{"query":"{ whoami }"}';
/** As Java's HttpClient offers HTTP/2 to an address without TLS. */
const OFFER = [
  'Connection: Upgrade, HTTP2-Settings',
  'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
  'Upgrade: h2c',
];
const post = (body: string, ...headers: string[]): string =>
  [
    ...['POST /graphql HTTP/1.1', 'Host: a', 'Content-Type: application/json', ...headers],
    ...[`Content-Length: ${Buffer.byteLength(body)}`, '', body],
  ].join('\r\n');
const leaving = (body = ASK): string => post(body, 'Connection: close');
const answersIn = (received: string): string[] => received.match(/HTTP\/1\.1 \d+|"whoami":"[^"]*"/g) ?? [];
const ONE = ['HTTP/1.1 200', '"whoami":"anonymous"'];

describe('a protocol that is offered and not spoken here is passed over, and the request is answered', () => {
  it('with its body, and the connection goes on as it is', async () => {
    const received = await sendRaw(running.port, post(ASK, ...OFFER) + leaving());
    expect(answersIn(received)).toEqual([...ONE, ...ONE]);
    expect(received.split('\r\n\r\n')[0]?.toLowerCase()).not.toContain('upgrade');
  });

  it('with a body that comes later, and in pieces', async () => {
    const [head, body] = post(ASK, ...OFFER).split('\r\n\r\n') as [string, string];
    const received = new Promise<string>((resolve) => {
      let all = '';
      const socket = connect(running.port, '127.0.0.1');
      socket.on('data', (chunk) => {
        all += chunk.toString();
        if (all.includes('anonymous')) socket.destroy();
      });
      socket.on('close', () => resolve(all));
      void inPieces(socket, [
        head.slice(0, 60),
        `${head.slice(60)}\r\n\r\n${body.slice(0, 5)}`,
        body.slice(5),
      ]);
    });
    expect(answersIn(await received)).toEqual(ONE);
  });

  it('with a chunked body', async () => {
    const { length } = ASK;
    const head = `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${OFFER.join('\r\n')}`;
    const chunked = `${head}\r\nTransfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${ASK}\r\n0\r\n\r\n`;
    expect(answersIn(await sendRaw(running.port, chunked + leaving()))).toEqual([...ONE, ...ONE]);
  });

  it('with a body larger than one packet', async () => {
    const large = `{"query":"{ whoami }","extensions":{"x":"${'x'.repeat(150_000)}"}}`;
    expect(answersIn(await sendRaw(running.port, post(large, ...OFFER) + leaving()))).toEqual([
      ...ONE,
      ...ONE,
    ]);
  });

  it.each(['GET /health HTTP/1.1', 'GET /graphql?query=%7Bwhoami%7D HTTP/1.1'])(
    'without a body: %s',
    async (line) => {
      const received = await sendRaw(
        running.port,
        [line, 'Host: a', 'apollo-require-preflight: 1', ...OFFER, '', leaving()].join('\r\n'),
      );
      expect(answersIn(received)[0]).toBe('HTTP/1.1 200');
      expect(answersIn(received).slice(-2)).toEqual(ONE);
    },
  );

  it('behind others whose answers are under way, and before more', async () => {
    const all = post(ASK) + post(ASK, 'X-A: node') + post(ASK, ...OFFER) + post(ASK, ...OFFER) + leaving();
    expect(answersIn(await sendRaw(running.port, all))).toEqual([1, 2, 3, 4, 5].flatMap(() => ONE));
  });

  it('as often as it is offered, and nothing stays on the connection', async () => {
    let socket: Socket | undefined;
    running.gateway.server.on('request', (request) => (socket = request.socket));
    const warnings: Error[] = [];
    const hear = (warning: Error): void => void warnings.push(warning);
    process.on('warning', hear);
    const received = await sendRaw(running.port, post(ASK, ...OFFER).repeat(30) + leaving());
    process.off('warning', hear);
    expect(answersIn(received)).toHaveLength(62);
    expect(warnings).toEqual([]);
    const left = (socket?.eventNames() ?? []).map((name) => socket?.listenerCount(name) ?? 0);
    expect(Math.max(...left)).toBeLessThan(5);
  });

  it('and what else is wrong with the request is still found', async () => {
    const lies = `POST /graphql HTTP/1.1\r\nHost: a\r\n${OFFER.join('\r\n')}\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc`;
    expect(answersIn(await sendRaw(running.port, lies))).toEqual(['HTTP/1.1 400']);
    const settings = await sendRaw(running.port, post(ASK, 'Connection: close, Upgrade', 'Upgrade: h2c'));
    expect(answersIn(settings)).toEqual(ONE);
    expect(settings).toMatch(/connection: close/i);
    const many = Array.from({ length: 1_200 }, (_, index) => `a${index}: 1`);
    expect(answersIn(await sendRaw(running.port, post(ASK, ...OFFER, ...many)))).toEqual(['HTTP/1.1 431']);
  });

  it('or not, if its client is gone before those before it are answered', async () => {
    const asked: { request: IncomingMessage; response: ServerResponse }[] = [];
    const server = createHttpServer((request, response) => void asked.push({ request, response }), {
      onWebSocket: () => {},
    });
    const port = await listen(server, { host: '127.0.0.1', port: 0 });
    const client = connect(port, '127.0.0.1');
    client.write(post(ASK) + post(ASK, ...OFFER));
    await until(() => asked.length === 1);
    client.resetAndDestroy();
    await until(() => asked[0]?.request.socket.destroyed === true);
    asked[0]?.response.end();
    await drain(server, 1_000);
    expect(asked).toHaveLength(1);
  });

  it('or not, if the answer before it was the last one of the connection', async () => {
    const asked: ServerResponse[] = [];
    const server = createHttpServer((_request, response) => void asked.push(response), {
      onWebSocket: () => {},
    });
    const port = await listen(server, { host: '127.0.0.1', port: 0 });
    const received = sendRaw(port, post(ASK) + post(ASK, ...OFFER));
    await until(() => asked.length === 1);
    asked[0]?.setHeader('connection', 'close').end();
    expect(answersIn(await received)).toEqual(['HTTP/1.1 200']);
    await drain(server, 1_000);
    expect(asked).toHaveLength(1);
  });
});

it('is drained like any other connection', async () => {
  const socket = connect(running.port, '127.0.0.1');
  const answered = new Promise<void>((resolve) => socket.once('data', () => resolve()));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(post(ASK, ...OFFER));
  await answered;
  await running.stop();
  await closed;
});

async function inPieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  socket.setNoDelay(true);
  for (const piece of pieces) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(piece);
  }
}
