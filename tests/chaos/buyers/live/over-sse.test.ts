import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { overSse } from './over-sse.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Where a server answers so. */
async function serve(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<string> {
  server = createServer((request, response) => answer(response, request)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address object.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const events = (response: ServerResponse, ...texts: string[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const text of texts) response.write(text);
};
const next = (data: unknown) => `event: next\ndata: ${JSON.stringify(data)}\n\n`;

async function all(stream: AsyncIterable<object>): Promise<object[]> {
  const pushes: object[] = [];
  for await (const push of stream) pushes.push(push);
  return pushes;
}

test('asks for a stream with who asks, and yields data until it is complete', async () => {
  let headers: IncomingMessage['headers'] = {};
  const url = await serve((response, request) => {
    headers = request.headers;
    events(
      response,
      ':\n\n',
      next({ data: { a: 1 } }),
      next({ data: { a: 2 } }),
      'event: complete\ndata:\n\n',
    );
  });
  const subscriber = overSse({ url, identity: { authorization: 'Bearer me' } });
  expect(await all(subscriber.subscribe('subscription { a }', {}))).toEqual([{ a: 1 }, { a: 2 }]);
  expect(headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer me' });
});

test('an error in the stream, or no stream at all, is thrown', async () => {
  const broken = await serve((response) => events(response, next({ errors: [{ message: 'not yours' }] })));
  await expect(all(overSse({ url: broken, identity: {} }).subscribe('{ a }', {}))).rejects.toThrow(
    'not yours',
  );
  server?.close();
  const refused = await serve((response) => response.writeHead(503).end('{}'));
  await expect(all(overSse({ url: refused, identity: {} }).subscribe('{ a }', {}))).rejects.toThrow('503');
});

test('a stream that falls silent is given up', async () => {
  const url = await serve((response) => events(response, ':\n\n'));
  const subscriber = overSse({ url, identity: {}, silenceMs: 100 });
  await expect(all(subscriber.subscribe('{ a }', {}))).rejects.toThrow();
});

test('closing ends every stream', async () => {
  const url = await serve((response) => events(response, next({ data: { a: 1 } })));
  const subscriber = overSse({ url, identity: {} });
  const stream = subscriber.subscribe<{ a: number }>('{ a }', {})[Symbol.asyncIterator]();
  expect(await stream.next()).toEqual({ done: false, value: { a: 1 } });
  await subscriber.close();
  await expect(stream.next()).rejects.toThrow();
});
