import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { createExchange } from './create-exchange.js';
import type { HttpExchange } from './exchange.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Starts a server that does this with each exchange. @returns its port */
async function serve(answer: (exchange: HttpExchange) => void): Promise<number> {
  server = createServer((request, response) =>
    answer(createExchange(request, response, { trustedProxies: 0 })),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a string.
  return (server.address() as AddressInfo).port;
}

const ask = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { 'x-request-id': 'request-1', connection: 'close' },
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
};

it('sends an answer in one piece, with all headers that were added, and tells its status', async () => {
  const ended = vi.fn();
  const port = await serve((exchange) => {
    exchange.onClose(ended);
    exchange.addHeaders(['x-a', '1', 'vary', 'origin']);
    expect(exchange.send(201, ['vary', 'accept', 'x-b', '2'], 'Größe')).toBe(true);
    expect(exchange.response.headersSent).toBe(true);
    expect(exchange.send(200, [], 'again')).toBe(false);
  });
  expect(await ask(port)).toMatchObject({
    status: 201,
    headers: {
      'x-request-id': 'request-1',
      'x-a': '1',
      'x-b': '2',
      vary: 'origin, accept',
      'content-length': '7',
    },
    body: 'Größe',
  });
  await expect.poll(() => ended.mock.calls, { timeout: 20_000 }).toEqual([[201]]);
});

it('sets the same headers on the response for whoever looks at it, and lets them be replaced', async () => {
  const port = await serve((exchange) => {
    exchange.addHeaders(['x-a', '1', 'x-b', '1']);
    exchange.response.setHeader('x-b', '2');
    exchange.addHeaders(['x-c', '3']);
    expect(exchange.send(200, [], 'not by this way')).toBe(false);
    exchange.response.writeHead(202, { 'x-a': '4' }).end('by hand');
  });
  expect(await ask(port)).toMatchObject({
    status: 202,
    headers: { 'x-request-id': 'request-1', 'x-a': '4', 'x-b': '2', 'x-c': '3' },
    body: 'by hand',
  });
});

it('keeps a header that was set on the response behind its back', async () => {
  server = createServer((request, response) => {
    const exchange = createExchange(request, response, { trustedProxies: 0 });
    response.setHeader('connection', 'close');
    exchange.send(200, [], Buffer.from('bytes'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { headers, body } = await ask((server.address() as AddressInfo).port);
  expect([headers['connection'], headers['x-request-id'], body]).toEqual(['close', 'request-1', 'bytes']);
});

it('loses no header when an answer cannot be sent', async () => {
  const port = await serve((exchange) => {
    expect(() => exchange.send(200, ['x-a', 'a\nb'], 'never')).toThrow('Invalid character');
    exchange.response.writeHead(500).end('instead');
  });
  expect(await ask(port)).toMatchObject({
    status: 500,
    headers: { 'x-request-id': 'request-1' },
    body: 'instead',
  });
});

it('tells of a client that left without a status', async () => {
  const ended = vi.fn();
  const begun = vi.fn();
  const port = await serve((exchange) => {
    exchange.onClose(ended);
    begun();
  });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  await expect.poll(() => begun.mock.calls.length, { timeout: 20_000 }).toBe(1);
  socket.destroy();
  await expect.poll(() => ended.mock.calls, { timeout: 20_000 }).toEqual([[undefined]]);
});
