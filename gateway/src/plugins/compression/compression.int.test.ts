import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { CACHING_LINK } from '../../__fixtures__/cached-shop.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { silent } from '../../__fixtures__/tiny-shop.js';
import type { GatewayOptions } from '../../gateway-options.js';
import { createSubgraph } from '@souk/kit/subgraph';

let running: RunningGateway;
afterEach(() => running.stop());

const start = async (options: GatewayOptions = {}): Promise<void> => {
  const texts = createSubgraph({
    name: 'texts',
    sdl: `${CACHING_LINK}
      type Query { text(length: Int!): String kept(length: Int!): String @cacheControl(maxAge: 60) }
      type Subscription { words: String }`,
    resolvers: {
      Query: {
        text: (_: unknown, { length }: { length: number }) => 'ünlike '.repeat(length / 7),
        kept: (_: unknown, { length }: { length: number }) => 'kept '.repeat(length / 5),
      },
      Subscription: {
        words: {
          async *subscribe() {
            yield { words: 'word '.repeat(1_000) };
          },
        },
      },
    },
    logger: silent,
    createContext: (context) => context,
  });
  running = await startGateway([texts], { options: { batching: {}, ...options } });
};

interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sees what is on the wire: fetch would unpack it. */
const send = (
  body: unknown,
  headers: Record<string, string>,
  { method = 'POST', search = '' } = {},
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      `${running.url}/graphql${search}`,
      { method, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
const text = (length: number) => ({ query: `{ text(length: ${length}) }` });
const unpacked = ({ headers, body }: RawAnswer): unknown => {
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[headers['content-encoding'] ?? ''];
  return JSON.parse((unpack ? unpack(body) : body).toString());
};

it.each([
  ['br', 'gzip, deflate, br', 7_000],
  ['gzip', 'gzip, deflate', 7_000],
  ['br', 'gzip, deflate, br', 700_000],
  ['gzip', 'gzip', 700_000],
])(
  'packs an answer with %s for a client that takes %s (%d characters)',
  async (encoding, accepted, length) => {
    await start();
    const plain = await send(text(length), {});
    const packed = await send(text(length), { 'accept-encoding': accepted });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([
      undefined,
      encoding,
    ]);
    expect(unpacked(packed)).toEqual(unpacked(plain));
    expect(packed.body.length).toBeLessThan(plain.body.length / 5);
    expect(packed.headers['content-length']).toBe(String(packed.body.length));
    for (const { headers } of [plain, packed]) expect(headers.vary).toContain('accept-encoding');
  },
);

it('leaves alone what is small, what nobody asked for, and all where it is off', async () => {
  await start();
  for (const [length, accepted] of [
    [700, 'br'],
    [7_000, ''],
    [7_000, 'identity'],
    [7_000, 'br;q=0'],
  ] as const) {
    const answer = await send(text(length), { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(unpacked(answer)).toHaveProperty('data.text');
  }
  running.gateway.configure({ compression: false });
  expect((await send(text(7_000), { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
  running.gateway.configure({ compression: { minBytes: 10, encodings: ['gzip'] } });
  const small = await send(text(7), { 'accept-encoding': 'br, gzip' });
  expect([small.headers['content-encoding'], unpacked(small)]).toEqual([
    'gzip',
    { data: { text: 'ünlike ' } },
  ]);
});

it('packs refusals and batches as well', async () => {
  await start({ compression: { minBytes: 50 } });
  const accepted = { 'accept-encoding': 'br', accept: 'application/graphql-response+json' };
  const refused = await send({ query: '{ nothing }' }, accepted);
  expect([refused.status, refused.headers['content-encoding']]).toEqual([400, 'br']);
  expect(unpacked(refused)).toHaveProperty('errors');
  const batch = await send([text(7), text(14)], accepted);
  expect([batch.headers['content-encoding'], unpacked(batch)]).toEqual([
    'br',
    [{ data: { text: 'ünlike ' } }, { data: { text: 'ünlike ünlike ' } }],
  ]);
});

it('never holds events of a stream back', async () => {
  await start();
  const { headers, body } = await send(
    { query: 'subscription { words }' },
    { accept: 'text/event-stream', 'accept-encoding': 'br, gzip' },
  );
  expect(headers['content-encoding']).toBeUndefined();
  expect(body.toString()).toMatch(/^event: next\ndata: /);
});

it('keeps entity tags true: weak for packed bytes, and a client that has it gets 304', async () => {
  await start();
  const search = `?query=${encodeURIComponent('{ kept(length: 5000) }')}`;
  const get = (headers: Record<string, string>) =>
    send(undefined, { accept: 'application/json', ...headers }, { method: 'GET', search });
  const plain = await get({});
  const packed = await get({ 'accept-encoding': 'br' });
  expect(plain.headers.etag).toMatch(/^"/);
  expect([packed.headers.etag, packed.headers['content-encoding']]).toEqual([
    `W/${plain.headers.etag}`,
    'br',
  ]);
  const again = await get({ 'accept-encoding': 'br', 'if-none-match': packed.headers.etag ?? '' });
  expect([again.status, again.body.length, again.headers['content-encoding']]).toEqual([304, 0, undefined]);
});
