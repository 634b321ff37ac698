import { OPCODE, encodeFrame, openRawWebSocket } from '@souk/gateway/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../target/connection.js';
import { startTarget, type Target } from '../target/target.js';

// The same rules as by default, with less patience.
const HASTE = {
  GATEWAY__SERVER__HEADERS_TIMEOUT_MS: '700',
  GATEWAY__SERVER__REQUEST_TIMEOUT_MS: '1200',
  GATEWAY__SOCKETS__INIT_TIMEOUT_MS: '500',
};

let target: Target;
beforeAll(async () => {
  target = await startTarget(HASTE);
});
afterAll(() => target.stop());

const POST = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';

/** Writes a little now and then until the other side has had enough. @returns what came back */
async function drip(connection: Connection, part: (at: number) => string | Buffer): Promise<string> {
  let at = 0;
  const timer = setInterval(() => connection.write(part((at += 1))), 50);
  const text = await connection.ended();
  clearInterval(timer);
  return text;
}

describe('cuts what is slow', () => {
  it.each<[string, string, (at: number) => string]>([
    ['nothing at all', '', () => ''],
    ['a first line that never ends', 'GET /', () => 'x'],
    ['headers that never end', POST, (at) => `x-${at}: ${at}\r\n`],
    ['a header that never ends', `${POST}x: `, () => 'x'],
    ['a body that never ends', `${POST}content-length: 1000\r\n\r\n`, () => ' '],
    ['chunks that never end', `${POST}transfer-encoding: chunked\r\n\r\n`, () => '1\r\n \r\n'],
    ['a body that never begins', `${POST}content-length: 1000\r\n\r\n`, () => ''],
    [
      'a body that is asked for and does not come',
      `${POST}expect: 100-continue\r\ncontent-length: 9\r\n\r\n`,
      () => '',
    ],
    [
      'an upgrade that never ends',
      'GET /graphql HTTP/1.1\r\nupgrade: websocket\r\n',
      (at) => `x-${at}: x\r\n`,
    ],
  ])('%s', async (_what, beginning, part) => {
    const connection = await openConnection(target.port);
    connection.write(beginning);
    const text = await drip(connection, part);
    if (text.replace('HTTP/1.1 100 Continue\r\n\r\n', '') !== '')
      expect(text).toMatch(/^(HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 408 /);
    await target.expectAlive();
  });

  it('a second request on a connection, too', async () => {
    const connection = await openConnection(target.port);
    connection.write('GET /health HTTP/1.1\r\nhost: a\r\n\r\nGET /health HTTP/1.1\r\n');
    const text = await drip(connection, (at) => `x-${at}: x\r\n`);
    // The second answer may get lost: its connection is cut while this side still writes.
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).not.toMatch(/HTTP\/1\.1 200 [^]*HTTP\/1\.1 200 /);
  });

  it('a WebSocket that does not begin', async () => {
    const socket = await openRawWebSocket(target.port);
    expect((await socket.closed()).code).toBe(4408);
  });

  it('a WebSocket that only pings', async () => {
    const socket = await openRawWebSocket(target.port);
    socket.send({ type: 'ping' });
    socket.write(encodeFrame(OPCODE.ping, ''));
    expect((await socket.closed()).code).toBe(4408);
  });

  it('a WebSocket whose first message never ends', async () => {
    const socket = await openRawWebSocket(target.port);
    socket.write(encodeFrame(OPCODE.text, '{"type":', { claimedLength: 1_000 }));
    expect((await socket.closed()).code).toBe(4408);
  });

  it('hundreds at once, while others are served', async () => {
    const slow = await Promise.all(
      Array.from({ length: 300 }, async (_, at) => {
        const connection = await openConnection(target.port);
        connection.write(at % 2 ? POST : `${POST}content-length: 1000\r\n\r\n`);
        return connection;
      }),
    );
    await target.expectAlive();
    await Promise.all(slow.map((connection) => connection.ended()));
  });
});

it('leaves nothing behind: no mistake of the gateway, no memory', async () => {
  expect(target.mistakes()).toEqual([]);
  await target.untilMemoryIsBack();
});
