import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect, Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPlainRequest } from './plain-request.js';

/** What Node's server found in what was sent to it. */
interface Found {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let found: Found[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url, headers } = request;
      found.push({ url, headers, body: Buffer.concat(chunks).toString('latin1') });
      response.end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** All requests that Node sees in these bytes, once the first of them is answered or refused. */
async function askNode(bytes: Buffer): Promise<readonly Found[]> {
  found = [];
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  await once(socket, 'data');
  socket.destroy();
  return found;
}

const token = fc.stringMatching(/^[A-Za-z0-9]{1,5}[A-Za-z0-9_-][A-Za-z0-9]{1,5}$/);
const value = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[!-~][ -~]{0,20}[!-~]$/) },
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.stringMatching(/^[!-~][ -~]{0,30}$/),
  fc.constantFrom('keep-alive', 'close', 'chunked', '100-continue', '5'),
);
const name = fc.oneof(
  { weight: 6, arbitrary: token },
  fc.constantFrom('Host', 'Connection', 'Transfer-Encoding', 'Cookie', 'Expect', 'Accept', 'X-Souk-User'),
);
const line = fc
  .tuple(name, fc.constantFrom(':', ': ', ': ', ': ', ': ', ':  ', ' : '), value)
  .map((parts) => parts.join(''));
const requests = fc
  .record({
    lines: fc.array(line, { maxLength: 5 }),
    body: fc.string({ minLength: 1, maxLength: 20 }),
    /** What the length says too much, or too little. */
    off: fc.constantFrom(0, 0, 0, 0, 1, -1),
    /** A place where a byte is another one. */
    change: fc.option(fc.tuple(fc.nat(200), fc.nat(255)), { freq: 3 }),
  })
  .map(({ lines, body, off, change }) => {
    const length = `Content-Length: ${Buffer.byteLength(body) + off}`;
    const text = ['POST /graphql HTTP/1.1', 'Host: shop', ...lines, length, '', body].join('\r\n');
    const bytes = Buffer.from(text);
    if (change && change[0] < bytes.length) bytes[change[0]] = change[1];
    return bytes;
  });

it('reads of a plain request what Node reads', async () => {
  let plain = 0;
  const socket = new Socket();
  await fc.assert(
    fc.asyncProperty(requests, async (bytes) => {
      const ours = readPlainRequest(bytes, '/graphql', socket);
      if (!ours) return;
      plain += 1;
      const { url, headers, body } = ours;
      expect(await askNode(bytes)).toEqual([{ url, headers, body: body.toString('latin1') }]);
    }),
    { numRuns: 4_000 },
  );
  // The rest was Node's to read anyway.
  expect(plain).toBeGreaterThan(300);
});
