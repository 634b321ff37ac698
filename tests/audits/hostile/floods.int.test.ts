import { encodeFrame, OPCODE, openRawWebSocket, type RawWebSocket } from '@souk/gateway/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from '../target/connection.js';
import { sendHttp } from '../target/send-http.js';
import { startTarget, type Target } from '../target/target.js';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterEach(async () => {
  await target.expectAlive();
  expect(target.mistakes()).toEqual([]);
});
afterAll(() => target.stop());

const many = <Value>(count: number, make: (at: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at));
const ask = (query: string, more: object = {}): string => JSON.stringify({ query, ...more });
const post = (body: string, headers: Record<string, string> = {}) =>
  sendHttp(target.port, { headers: { 'content-type': 'application/json', ...headers }, body });
const asHttp = (body: string): string =>
  `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const text = (message: unknown): Buffer => encodeFrame(OPCODE.text, JSON.stringify(message));
const subscribe = (id: string, query: string): Buffer => text({ id, type: 'subscribe', payload: { query } });
async function acknowledged(): Promise<RawWebSocket> {
  const socket = await openRawWebSocket(target.port);
  socket.send({ type: 'connection_init' });
  expect(await socket.next()).toEqual({ type: 'connection_ack' });
  return socket;
}

describe('HTTP', () => {
  it('different documents, each of which must be planned', async () => {
    const fields = ['name', 'price', 'stock', 'reviews { stars }', 'reviews { product { name } }'];
    const document = (at: number): string =>
      `{ ${many(8, (n) => `a${at}_${n}: product(id: "p${n}") { ${fields.filter((_, bit) => (at + n) & (1 << bit)).join(' ')} id }`).join(' ')} }`;
    const answers = await Promise.all(many(300, (at) => post(ask(document(at)))));
    // What cannot be planned in time is told so, and may be tried again.
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
  });

  it('documents with large mistakes', async () => {
    const answers = await Promise.all(
      many(300, (at) => post(ask(`{ ${many(400, (n) => `x${at}_${n}`).join(' ')} }`))),
    );
    expect(Math.max(...answers.map((answer) => answer.text.length))).toBeLessThan(5_000);
  });

  it('bodies as large as they may be', async () => {
    const padding = 'x'.repeat(1_000_000);
    const answers = await Promise.all(many(60, () => post(ask('{ whoami }', { padding }))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('bodies that are too large, one connection after the other', async () => {
    const padding = 'x'.repeat(1_500_000);
    for (const wave of many(4, (at) => at)) {
      const outcomes = await Promise.all(
        many(15, () =>
          post(ask(`{ whoami } #${wave}`, { padding })).then(
            ({ status }) => status,
            // Who still sends a second after the answer is cut off.
            ({ code }: NodeJS.ErrnoException) => code,
          ),
        ),
      );
      expect(
        outcomes.filter((outcome) => outcome !== 413 && outcome !== 'EPIPE' && outcome !== 'ECONNRESET'),
      ).toEqual([]);
    }
  });

  it('a queue of requests on one connection that nobody reads', async () => {
    const connection = await openConnection(target.port);
    const queue = asHttp(ask('{ products { name price reviews { stars } } }')).repeat(100);
    for (let n = 0; n < 100; n += 1) connection.write(queue);
    await target.expectAlive();
    connection.destroy();
  });

  it('clients that leave before they are answered', async () => {
    for (let wave = 0; wave < 10; wave += 1) {
      const leaving = await Promise.all(many(50, () => openConnection(target.port)));
      for (const connection of leaving) {
        connection.write(asHttp(ask('{ products { name stock reviews { stars } } }')));
        connection.destroy();
      }
    }
  });
});

describe('SSE', () => {
  it('streams that are opened and left', async () => {
    const watch = ask('subscription { priceChanged { name } }');
    const connections = await Promise.all(
      many(200, async () => {
        const connection = await openConnection(target.port);
        connection.write(asHttp(watch).replace('host: a', 'host: a\r\naccept: text/event-stream'));
        return connection;
      }),
    );
    await expect.poll(() => target.shop.priceChanges.open, { timeout: 30_000 }).toBe(200);
    for (const connection of connections) connection.destroy();
    await expect.poll(() => target.shop.priceChanges.open, { timeout: 30_000 }).toBe(0);
  });
});

describe('WebSocket', () => {
  it('operations on one socket: as many as it may run at once, the rest is refused', async () => {
    const socket = await acknowledged();
    const streams = many(3_000, (at) => subscribe(`s${at}`, 'subscription { priceChanged { name } }'));
    socket.write(Buffer.concat(streams));
    for (let refused = 0; refused < 2_900; refused += 1) {
      expect(await socket.next()).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'RATE_LIMITED' } }],
      });
    }
    await expect.poll(() => target.shop.priceChanges.open, { timeout: 30_000 }).toBe(100);
    socket.end();
    await expect.poll(() => target.shop.priceChanges.open, { timeout: 30_000 }).toBe(0);
  });

  it('streams that are opened and completed at once', async () => {
    const socket = await acknowledged();
    for (let at = 0; at < 1_000; at += 1) {
      socket.write(subscribe(`s${at}`, 'subscription { priceChanged { name } }'));
      socket.send({ id: `s${at}`, type: 'complete' });
    }
    socket.send({ type: 'ping', payload: { last: true } });
    for (;;) if (JSON.stringify(await socket.next()).includes('last')) break;
    await expect.poll(() => target.shop.priceChanges.open, { timeout: 30_000 }).toBe(0);
    socket.end();
  });

  it('queries that are left at once', async () => {
    const socket = await acknowledged();
    const query = '{ products { name stock reviews { stars } } }';
    const leave = (at: number): Buffer => text({ id: `q${at}`, type: 'complete' });
    socket.write(Buffer.concat(many(2_000, (at) => [subscribe(`q${at}`, query), leave(at)]).flat()));
    socket.send({ type: 'ping', payload: { last: true } });
    for (;;) if (JSON.stringify(await socket.next()).includes('last')) break;
    socket.end();
  });

  it('mistakes, each in an operation of its own', async () => {
    const socket = await acknowledged();
    for (let at = 0; at < 500; at += 1) {
      socket.write(subscribe(String(at), `{ ${many(100, (n) => `x${at}_${n}`).join(' ')} }`));
      expect(await socket.next()).toMatchObject({ id: String(at), type: 'error' });
    }
    socket.end();
  });

  it.each([
    ['of the WebSocket', encodeFrame(OPCODE.ping, 'x'.repeat(125))],
    ['of the protocol', text({ type: 'ping', payload: { x: 'x'.repeat(1_000) } })],
  ])('pings %s, whose answers nobody reads', async (_whose, ping) => {
    const sender = await openConnection(target.port);
    sender.write(
      'GET /graphql HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n' +
        'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n',
    );
    sender.write(text({ type: 'connection_init' }));
    const flood = Buffer.concat(many(1_000, () => ping));
    for (let wave = 0; wave < 60; wave += 1) sender.write(flood);
    await target.expectAlive();
    sender.destroy();
  });

  it('a message in pieces that never ends', async () => {
    const socket = await acknowledged();
    socket.write(encodeFrame(OPCODE.text, '', { fin: false }));
    const pieces = Buffer.concat(many(20_000, () => encodeFrame(OPCODE.continuation, '', { fin: false })));
    socket.write(pieces);
    expect((await socket.closed()).code).toBe(1008);
  });

  it('large messages on many sockets', async () => {
    const message = text({
      id: '1',
      type: 'subscribe',
      payload: { query: `{ whoami } #${'x'.repeat(900_000)}` },
    });
    const sockets = await Promise.all(many(40, acknowledged));
    for (const socket of sockets) socket.write(message);
    for (const socket of sockets) {
      expect(await socket.next()).toMatchObject({
        type: 'error',
        payload: [{ extensions: { limit: 'maxQueryBytes' } }],
      });
      socket.end();
    }
  });

  it('sockets that are opened and left', async () => {
    for (let wave = 0; wave < 5; wave += 1) {
      const sockets = await Promise.all(many(60, acknowledged));
      for (const socket of sockets) socket.end();
    }
    const open = async (): Promise<string> => {
      const metrics = await (await fetch(`${target.url}/metrics`)).text();
      return /^souk_gateway_websockets (\d+)$/m.exec(metrics)?.[1] ?? '';
    };
    await expect.poll(open, { timeout: 30_000 }).toBe('0');
  });
});

it('the memory comes back', async () => {
  await target.untilMemoryIsBack();
});
