import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TcpProxy, openTcpProxy } from './tcp-proxy.js';

/** On a busy machine it takes its time. */
const eventually = <Seen>(look: () => Seen) => expect.poll(look, { timeout: 20_000 });

let echo: Server;
let proxy: TcpProxy;
let heard: string;
const sockets: Socket[] = [];

beforeEach(async () => {
  heard = '';
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      socket.write(chunk);
    });
    socket.on('end', () => socket.end('bye'));
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const { port } = echo.address() as AddressInfo;
  proxy = await openTcpProxy([port]);
});
afterEach(async () => {
  await proxy.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => echo.close(resolve));
});

/** A client of a proxy with all it has been answered. */
async function call({ port } = proxy) {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  sockets.push(socket);
  const client = { socket, answer: '', failed: false, closed: false };
  socket.on('error', () => (client.failed = true));
  socket.on('close', () => (client.closed = true));
  socket.on('data', (chunk) => (client.answer += chunk.toString()));
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
    socket.once('close', () => resolve());
  });
  return client;
}

test('in calm weather all bytes pass, in their order, and so do both ends of a conversation', async () => {
  expect(proxy.isUsed()).toBe(false);
  const client = await call();
  const long = Array.from({ length: 40_000 }, (_, index) => `line ${index}\n`).join('');
  client.socket.end(long);
  await once(client.socket, 'end');
  expect(client.answer).toBe(`${long}bye`);
  await eventually(() => proxy.connections()).toBe(0);
  expect(proxy.isUsed()).toBe(true);
});

test('a target that is away ends the connection', async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => echo.close(resolve));
  const client = await call();
  await eventually(() => client.closed).toBe(true);
  echo = createServer().listen(0, '127.0.0.1');
});

describe('weather', () => {
  test('cut: open connections and new ones are reset, later ones are whole again', async () => {
    const before = await call();
    before.socket.write('a');
    await eventually(() => before.answer).toBe('a');
    proxy.setWeather({ kind: 'cut' });
    await eventually(() => before.failed && before.closed).toBe(true);
    const during = await call();
    await eventually(() => during.closed).toBe(true);
    proxy.setWeather({ kind: 'calm' });
    const after = await call();
    after.socket.write('b');
    await eventually(() => after.answer).toBe('b');
  });

  test('stalled: nothing passes, and nothing is lost', async () => {
    const client = await call();
    proxy.setWeather({ kind: 'stalled' });
    client.socket.write('one ');
    client.socket.write('two');
    await delay(100);
    expect({ heard, answer: client.answer }).toEqual({ heard: '', answer: '' });
    proxy.setWeather({ kind: 'calm' });
    await eventually(() => client.answer).toBe('one two');
  });

  test('half-open: requests arrive, answers do not, and the connection ends when it clears up', async () => {
    const client = await call();
    proxy.setWeather({ kind: 'half-open' });
    client.socket.write('charge the card');
    await eventually(() => heard).toBe('charge the card');
    await delay(50);
    expect(client).toMatchObject({ answer: '', closed: false });
    proxy.setWeather({ kind: 'calm' });
    await eventually(() => client.closed).toBe(true);
    expect(client.answer).toBe('');
  });

  test('slow: all of it arrives, later, and not one chunk after the other', async () => {
    const client = await call();
    proxy.setWeather({ kind: 'slow', delayMs: 150 });
    const started = performance.now();
    for (const word of ['a', 'b', 'c', 'd']) {
      client.socket.write(word);
      await delay(10);
    }
    await eventually(() => client.answer).toBe('abcd');
    expect(performance.now() - started).toBeGreaterThan(300);
  });

  test('throttled: all of it arrives, at its rate', async () => {
    const client = await call();
    proxy.setWeather({ kind: 'throttled', bytesPerSecond: 20_000 });
    const started = performance.now();
    client.socket.write('x'.repeat(4_000));
    await eventually(() => client.answer.length).toBe(4_000);
    expect(performance.now() - started).toBeGreaterThan(390);
  });
});

test('closing ends connections in any weather', async () => {
  const client = await call();
  proxy.setWeather({ kind: 'stalled' });
  client.socket.write('x');
  await proxy.close();
  await eventually(() => client.closed).toBe(true);
});

describe('several targets', () => {
  let other: Server;
  let both: TcpProxy;
  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  beforeEach(async () => {
    other = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.write('the other');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    both = await openTcpProxy([portOf(echo), portOf(other)]);
  });
  afterEach(async () => {
    await both.close();
    other.close();
  });
  /** What becomes of a connection that says `hello`. */
  const answer = async () => {
    const client = await call(both);
    client.socket.write('hello');
    await eventually(() => client.answer !== '' || client.closed).toBe(true);
    client.socket.destroy();
    return client.answer;
  };

  test('take turns', async () => {
    const answers = [await answer(), await answer(), await answer(), await answer()];
    expect(answers.toSorted()).toEqual(['hello', 'hello', 'the other', 'the other']);
    expect(answers[0]).toBe(answers[2]);
  });

  test('stand in for one that is away, and nobody does if all are', async () => {
    await new Promise((resolve) => other.close(resolve));
    expect([await answer(), await answer(), await answer()]).toEqual(['hello', 'hello', 'hello']);
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise((resolve) => echo.close(resolve));
    expect(await answer()).toBe('');
    echo = createServer().listen(0, '127.0.0.1');
  });
});
