import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.js';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
let server: Server | undefined;
let client: HttpClient | undefined;
const sockets = new Set<Socket>();
/** How many connections the server has seen come, and go. */
let counts: { opened: number; closed: number };
beforeEach(() => {
  counts = { opened: 0, closed: 0 };
});
afterEach(async () => {
  await client?.close(0);
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
});

/** A server that does with each connection's requests whatever the test wants. */
async function clientOf(
  onRequest: (socket: Socket, text: string, connection: number) => void,
  options: Partial<HttpClientOptions> = {},
): Promise<HttpClient> {
  const mine = counts;
  const started = createServer((socket) => {
    const connection = (mine.opened += 1);
    sockets.add(socket);
    socket.once('close', () => (mine.closed += 1));
    socket.on('error', () => {});
    socket.on('data', (data) => onRequest(socket, data.toString(), connection));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = started.address() as AddressInfo;
  client = createHttpClient({
    host: '127.0.0.1',
    port,
    isSecure: false,
    connections: 4,
    timeoutMs: 5_000,
    ...options,
  });
  return client;
}

const request = (body = 'q', isRepeatable = true, signal?: AbortSignal) => ({
  head: 'POST / HTTP/1.1\r\nhost: test\r\ncontent-length: ',
  body,
  isRepeatable,
  signal,
});
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the HTTP client', () => {
  it('sends exactly the bytes, and counts bytes, not characters', async () => {
    const seen: string[] = [];
    const { send } = await clientOf((socket, text) => (seen.push(text), socket.write(OK)));
    for (const body of ['plain', 'Größe 尺 😀'])
      expect(await send(request(body))).toMatchObject({ body: 'ok' });
    expect(seen).toEqual([
      'POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 5\r\n\r\nplain',
      `POST / HTTP/1.1\r\nhost: test\r\ncontent-length: ${Buffer.byteLength('Größe 尺 😀')}\r\n\r\nGröße 尺 😀`,
    ]);
  });

  it('uses one connection again and again, and no more than it may', async () => {
    const used = new Set<number>();
    const { send } = await clientOf((socket, _text, connection) => {
      used.add(connection);
      setTimeout(() => socket.write(OK), 5);
    });
    for (let round = 0; round < 3; round += 1) await send(request());
    expect(used.size).toBe(1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(request())));
    expect(answers.every(({ body }) => body === 'ok')).toBe(true);
    expect(used.size).toBe(4);
  });

  it('asks again, once, when an idle connection turns out to be closed; never what may do harm', async () => {
    const asked: number[] = [];
    const { send } = await clientOf((socket, _text, connection) => {
      asked.push(connection);
      // The first connection answers once and is gone at the second question.
      if (connection === 1 && asked.length > 1) socket.destroy();
      else socket.write(OK);
    });
    await send(request());
    expect(await send(request())).toMatchObject({ body: 'ok' });
    expect(asked).toEqual([1, 1, 2]);
    await client?.close(0);

    let questions = 0;
    const fragile = await clientOf((socket) => {
      questions += 1;
      if (questions === 1) socket.write(OK);
      else socket.destroy();
    });
    await fragile.send(request());
    await expect(fragile.send(request('q', false))).rejects.toMatchObject({ name: 'LostConnection' });
    expect(questions).toBe(2);
  });

  it.each([
    ['garbage', 'hello\r\n\r\n', 'cannot be read'],
    [
      'half a body, then the end',
      'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf',
      'closed before the answer',
    ],
    ['nothing', '', 'closed before the answer'],
  ])('tells of %s, and goes on with a new connection', async (_what, answer, message) => {
    const { send } = await clientOf((socket, _text, connection) => {
      if (connection === 1) socket.end(answer);
      else socket.write(OK);
    });
    await expect(send(request())).rejects.toThrow(message);
    expect(await send(request())).toMatchObject({ body: 'ok' });
  });

  it('does not trust a connection that speaks unasked', async () => {
    const { send } = await clientOf((socket, _text, connection) => {
      socket.write(connection === 1 ? `${OK}HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged` : OK);
    });
    expect([(await send(request())).body, (await send(request())).body]).toEqual(['ok', 'ok']);
  });

  it('takes none of the connections that were just closed, and repeats what never left, whatever it is', async () => {
    const { send } = await clientOf((socket) => void socket.write(OK), { connections: 8 });
    const questions = (isRepeatable: boolean) =>
      Promise.all(Array.from({ length: 4 }, () => send(request('q', isRepeatable))));
    for (const isRepeatable of [false, true]) {
      await questions(isRepeatable);
      const closed = [...sockets].map((socket) => once(socket, 'finish'));
      for (const socket of sockets) socket.end();
      sockets.clear();
      await Promise.all(closed);
      // Requests are written a turn later, and until then the client reads of the end of all its connections.
      await nextTurn();
      expect((await questions(isRepeatable)).map(({ body }) => body)).toEqual(['ok', 'ok', 'ok', 'ok']);
    }
  });

  it('takes no answer that came before its question was sent', async () => {
    const { send } = await clientOf((socket) => void socket.write(OK));
    await send(request());
    const [socket] = sockets;
    await new Promise((resolve) => socket?.write(OK.replace('ok', 'no'), resolve));
    await nextTurn();
    expect(await send(request('q', false))).toMatchObject({ body: 'ok' });
  });

  it('ends an idle connection on which something comes', async () => {
    const { send } = await clientOf((socket) => void socket.write(OK), { idleMs: 600_000 });
    await send(request());
    const [socket] = sockets;
    const closed = new Promise((resolve) => socket?.once('close', resolve));
    socket?.write('HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n');
    await closed;
    expect(await send(request('q', false))).toMatchObject({ body: 'ok' });
  });

  it('reads slow answers byte by byte', async () => {
    const { send } = await clientOf((socket) => {
      void (async () => {
        for (const byte of Buffer.from(OK)) {
          socket.write(Buffer.from([byte]));
          await sleep(1);
        }
      })();
    });
    expect(await send(request())).toMatchObject({ body: 'ok' });
  });

  it('keeps apart what arrives in pieces on several connections', async () => {
    const half = 'x'.repeat(50_000);
    const { send } = await clientOf((socket, text) => {
      const letter = text.at(-1) ?? '';
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-length: ${2 * half.length}\r\n\r\n${half.replaceAll('x', letter)}`,
      );
      setTimeout(() => socket.write(half.replaceAll('x', letter)), 20);
    });
    const letters = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(letters.map((letter) => send(request(letter))));
    expect(answers.map(({ body }) => body)).toEqual(letters.map((letter) => letter.repeat(2 * half.length)));
  });

  it('gives up after its time, whether it runs or waits for its turn, and cuts the connection', async () => {
    const { send } = await clientOf(() => {}, { timeoutMs: 100, connections: 1 });
    const outcomes = await Promise.allSettled([send(request()), send(request())]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason))).toEqual([
      'RequestTimeout: no answer within 100 ms',
      'RequestTimeout: no answer within 100 ms',
    ]);
    await until(() => counts.opened > 0 && counts.closed === counts.opened);
  });

  it('lets go at once when nobody waits any more', async () => {
    let isAsked = false;
    const { send } = await clientOf(() => (isAsked = true));
    const gone = new AbortController();
    const asked = send(request('q', true, gone.signal)).catch(String);
    await until(() => isAsked);
    gone.abort();
    expect(await asked).toContain('nobody waits');
    await until(() => counts.closed === 1);
    await expect(send(request('q', true, gone.signal))).rejects.toThrow('nobody waits');
  });

  it('closes what has been idle for long', async () => {
    const { send } = await clientOf((socket) => socket.write(OK), { idleMs: 20 });
    await send(request());
    await until(() => counts.closed === 1);
    expect(await send(request())).toMatchObject({ body: 'ok' });
  });

  it('finishes what runs before it closes', async () => {
    let asked: Socket | undefined;
    const { send, close } = await clientOf((socket) => (asked = socket));
    const answer = send(request());
    await until(() => asked !== undefined);
    const closing = close(60_000);
    await expect(send(request())).rejects.toThrow('closes its connections');
    asked?.write(OK);
    expect(await answer).toMatchObject({ body: 'ok' });
    await closing;
  });

  it('cuts what takes too long when it closes', async () => {
    const { send, close } = await clientOf(() => {});
    const never = send(request()).catch(String);
    await close(20);
    expect(await never).toContain('closes its connections');
  });

  it('says so when nobody listens', async () => {
    const unused = await clientOf(() => {});
    server?.close();
    await unused.close(0);
    const address = server?.address();
    const port = typeof address === 'object' && address ? address.port : 1;
    client = createHttpClient({ host: '127.0.0.1', port, isSecure: false, connections: 1, timeoutMs: 5_000 });
    await expect(client.send(request())).rejects.toThrow('ECONNREFUSED');
  });
});
