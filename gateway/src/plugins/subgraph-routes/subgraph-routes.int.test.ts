import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@souk/kit/errors';
import { readBody } from '@souk/kit/subgraph';
import { expect, it } from 'vitest';
import { startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';
import { proxyRoute } from './proxy-route.js';

it("passes routes to a subgraph in process or over HTTP, without the headers that are not the client's", async () => {
  const seen: IncomingHttpHeaders[] = [];
  const upstream = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(request.url === '/img/a.svg?v=1' ? 200 : 404, {
      'cache-control': 'immutable',
      'content-type': 'image/svg+xml',
    });
    response.end('<svg/>');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = upstream.address() as AddressInfo;
  const running = await startGateway(createTinyShop().apps, {
    routes: [
      { path: '/.well-known/jwks.json', handle: (_request, response) => void response.end('{"keys":[]}') },
      proxyRoute({ path: '/img/', target: `http://127.0.0.1:${port}` }),
    ],
  });
  expect(await (await fetch(`${running.url}/.well-known/jwks.json`)).json()).toEqual({ keys: [] });
  const image = await fetch(`${running.url}/img/a.svg?v=1`, { headers: { 'x-souk-envelope': 'forged' } });
  expect([image.status, image.headers.get('cache-control'), await image.text()]).toEqual([
    200,
    'immutable',
    '<svg/>',
  ]);
  expect(seen[0]).not.toHaveProperty('x-souk-envelope');
  expect((await fetch(`${running.url}/img/a.svg`, { method: 'POST' })).status).toBe(405);
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  expect((await fetch(`${running.url}/img/a.svg`)).status).toBe(502);
  await running.stop();
});

it('lets POST pass where a route takes it, with the very body: webhooks are signed over it', async () => {
  const seen: { body: string; signature: unknown }[] = [];
  const upstream = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ body: Buffer.concat(chunks).toString(), signature: request.headers['stripe-signature'] });
      response.writeHead(400).end('no');
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = upstream.address() as AddressInfo;
  const running = await startGateway(createTinyShop().apps, {
    routes: [proxyRoute({ path: '/webhooks/x', target: `http://127.0.0.1:${port}`, takesPost: true })],
  });
  const send = (method: string) =>
    fetch(`${running.url}/webhooks/x`, {
      method,
      headers: { 'stripe-signature': 't=1' },
      body: '{ "a":1 }\n',
    });
  const answer = await send('POST');
  expect([answer.status, await answer.text()]).toEqual([400, 'no']);
  expect(seen).toEqual([{ body: '{ "a":1 }\n', signature: 't=1' }]);
  const refused = await send('PUT');
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await running.stop();
});

it('tells what a subgraph of this process refuses, and nothing of what broke in it', async () => {
  const running = await startGateway(createTinyShop().apps, {
    routes: [
      { path: '/webhooks/x', handle: async (request) => void (await readBody(request, 10)) },
      { path: '/gone', handle: () => Promise.reject(new AppError('NOT_FOUND', 'There is no such thing.')) },
      { path: '/broken', handle: () => Promise.reject(new Error('secret')) },
    ],
  });
  const send = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${running.url}${path}`, init);
    return [response.status, await response.text()] as const;
  };
  expect((await send('/webhooks/x', { method: 'POST', body: 'x'.repeat(11) }))[0]).toBe(413);
  expect(await send('/gone')).toEqual([404, expect.stringContaining('There is no such thing.')]);
  expect(await send('/broken')).toEqual([500, expect.not.stringContaining('secret')]);
  await running.stop();
});
