import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANONYMOUS, ENVELOPE_HEADER, verifyEnvelope } from '@souk/kit/auth';
import { afterEach, expect, it } from 'vitest';
import { httpTransport } from './http.js';

const secret = 'a-secret-of-thirty-two-characters-or-more';
const context = { viewer: ANONYMOUS, requestId: 'request-0001', cartToken: 'c_1' };
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A subgraph that does whatever the test wants. */
async function subgraph(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/graphql`;
}

it('signs the context for this subgraph only, over connections it keeps', async () => {
  const seen: { envelope: unknown; requestId: unknown; port: number | undefined }[] = [];
  const url = await subgraph((request, response) => {
    const { headers, socket } = request;
    seen.push({
      envelope: headers[ENVELOPE_HEADER],
      requestId: headers['x-request-id'],
      port: socket.remotePort,
    });
    request.resume().on('end', () => response.end('{"data":{"a":1}}'));
  });
  const transport = httpTransport({ name: 'stock', url, secret });
  for (let round = 0; round < 3; round += 1) {
    expect(await transport.execute({ query: '{ a }', context })).toEqual({ data: { a: 1 } });
  }
  expect(new Set(seen.map(({ port }) => port)).size).toBe(1);
  const envelope = String(seen[0]?.envelope);
  expect(await verifyEnvelope(envelope, { audience: 'stock', secret })).toEqual(context);
  await expect(verifyEnvelope(envelope, { audience: 'orders', secret })).rejects.toThrow();
  expect(seen[0]?.requestId).toBe('request-0001');
  await transport.close(100);
});

it('tells a foreign subgraph nothing about the viewer', async () => {
  let headers: unknown;
  const url = await subgraph((request, response) => {
    headers = request.headers;
    response.end('{"data":null}');
  });
  const transport = httpTransport({ name: 'stock', url });
  await transport.execute({ query: '{ a }', context });
  expect(JSON.stringify(headers)).not.toMatch(/souk|c_1/);
  await transport.close(100);
});

it.each([
  ['an error page', 502, '<html>Bad gateway</html>', 'UNAVAILABLE'],
  ['nothing', 200, '', 'UNAVAILABLE'],
  ['other JSON', 200, '{"hello": "world"}', 'UNAVAILABLE'],
])('answers %s with a retryable error', async (_what, status, body, code) => {
  const url = await subgraph((_request, response) => response.writeHead(status).end(body));
  const transport = httpTransport({ name: 'stock', url });
  await expect(transport.execute({ query: '{ a }', context })).rejects.toMatchObject({
    code,
    retryable: true,
  });
  await transport.close(100);
});

it('takes GraphQL errors for an answer, whatever the status', async () => {
  const url = await subgraph((_request, response) =>
    response.writeHead(400).end('{"errors":[{"message":"no"}]}'),
  );
  const transport = httpTransport({ name: 'stock', url });
  expect(await transport.execute({ query: '{ a }', context })).toEqual({ errors: [{ message: 'no' }] });
  await transport.close(100);
});

it('gives up after its time, and at once when nobody waits any more', async () => {
  let closed = 0;
  const url = await subgraph((request) => request.socket.once('close', () => (closed += 1)));
  const transport = httpTransport({ name: 'stock', url, timeoutMs: 100 });
  await expect(transport.execute({ query: '{ a }', context })).rejects.toMatchObject({ code: 'TIMEOUT' });
  const patient = httpTransport({ name: 'stock', url, timeoutMs: 60_000 });
  const gone = new AbortController();
  const asked = patient.execute({ query: '{ a }', context, signal: gone.signal });
  setTimeout(() => gone.abort(), 50);
  await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  while (closed < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([transport.close(100), patient.close(100)]);
});

it('cuts requests that outlast its closing', async () => {
  const url = await subgraph(() => {});
  const transport = httpTransport({ name: 'stock', url, timeoutMs: 60_000 });
  const outcome = transport.execute({ query: '{ a }', context }).catch((error: unknown) => error);
  await transport.close(50);
  expect(await outcome).toMatchObject({ code: 'UNAVAILABLE' });
});
