import fc from 'fast-check';
import { documents, variablesTexts } from './documents.js';

const latin1 = (size: number): fc.Arbitrary<string> =>
  fc.uint8Array({ maxLength: size }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const orNonsense = (usual: readonly string[], size = 20): fc.Arbitrary<string> =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...usual) }, latin1(size));

const method = orNonsense([
  'POST',
  'POST',
  'POST',
  'GET',
  'GET',
  'HEAD',
  'OPTIONS',
  'PUT',
  'DELETE',
  'PURGE',
  'post',
]);
const path = fc.oneof(
  {
    weight: 3,
    arbitrary: orNonsense([
      '/graphql',
      '/graphql',
      '/health',
      '/ready',
      '/metrics',
      '/',
      '*',
      '//',
      'http://a/graphql',
      '/%00',
      '/..',
    ]),
  },
  documents.map((query) => `/graphql?query=${encodeURIComponent(query.replaceAll(/\p{Surrogate}/gu, ''))}`),
  latin1(30).map((query) => `/graphql?${query}`),
);
const version = orNonsense([
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'http/1.1',
  'HTTP/1.1 ',
]);

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  host: ['a', '', 'a, b', '[::1]:80'],
  accept: [
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'text/event-stream',
    ';q=',
    ',,,',
    'a/b;q=9',
  ],
  'content-type': [
    'application/json',
    'application/json',
    'application/json;charset=utf-8',
    'text/plain',
    ';',
    'application/json; charset="',
  ],
  'content-encoding': ['identity', 'gzip', ''],
  'transfer-encoding': ['chunked', 'identity', 'chunked, chunked', 'gzip, chunked'],
  connection: ['close', 'keep-alive', 'upgrade', 'content-length', 'close, upgrade'],
  upgrade: ['websocket', 'h2c', ''],
  'sec-websocket-key': ['dGhlIHNhbXBsZSBub25jZQ==', 'x'],
  'sec-websocket-version': ['13', '0'],
  'sec-websocket-protocol': ['graphql-transport-ws', ',', ''],
  expect: ['100-continue', 'x'],
  origin: ['null', 'https://evil.test', '://', ''],
  authorization: ['Bearer x', 'Bearer a.b.c', 'Bearer', 'Basic eDp4', ''],
  'x-request-id': ['12345678', '..', ''],
  'x-forwarded-for': ['1.2.3.4', ',', 'x, y'],
  'x-souk-envelope': ['x'],
  'x-cart-token': ['x', ''],
  'idempotency-key': ['x', '', 'a'],
  'apollo-require-preflight': ['true'],
  'x-graphql-cost': ['1'],
  traceparent: ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '00', '-'],
  'if-none-match': ['*', '"x"', 'W/'],
  range: ['bytes=0-1', 'bytes=-'],
  cookie: ['a=b', '=', ';;;'],
};
const header = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .constantFrom(...Object.keys(HEADERS))
      .chain((name) => orNonsense(HEADERS[name] ?? ['']).map((value) => `${name}: ${value}`)),
  },
  latin1(30),
  fc.tuple(latin1(10), latin1(40)).map(([name, value]) => `${name}: ${value}`),
);

const request = fc
  .tuple(documents, variablesTexts)
  .map(([query, variables]) => `{"query":${JSON.stringify(query)},"variables":${variables}}`);
const body = fc.oneof(
  { weight: 5, arbitrary: request.map((text) => Buffer.from(text)) },
  fc.array(request, { maxLength: 3 }).map((all) => Buffer.from(`[${all.join()}]`)),
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
);

/** How the body says where it ends. */
const framing = fc.oneof(
  { weight: 6, arbitrary: fc.constant('right' as const) },
  fc.constantFrom('short', 'long', 'huge', 'chunked', 'both', 'none'),
);
function framed(bytes: Buffer, how: string): readonly [headers: readonly string[], body: Buffer] {
  const length = (value: number): string => `content-length: ${value}`;
  const chunks = Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)}\r\n`),
    bytes,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  switch (how) {
    case 'short':
      return [[length(Math.max(0, bytes.length - 3))], bytes];
    case 'long':
      return [[length(bytes.length + 3)], bytes];
    case 'huge':
      return [[length(2 ** 40)], bytes];
    case 'chunked':
      return [['transfer-encoding: chunked'], chunks];
    case 'both':
      return [[length(bytes.length), 'transfer-encoding: chunked'], chunks];
    case 'none':
      return [[], bytes];
    default:
      return [[length(bytes.length)], bytes];
  }
}

const lineEnd = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\r\n') },
  fc.constantFrom('\n', '\r', '\r\r\n', ''),
);

const oneRequest = fc
  .record({
    method,
    path,
    version,
    headers: fc.array(header, { maxLength: 6 }),
    json: fc.boolean(),
    body,
    framing,
    lineEnd,
  })
  .map((parts) => {
    const [ends, bytes] = framed(parts.body, parts.framing);
    const usual = parts.json ? ['host: a', 'content-type: application/json'] : [];
    const lines = [
      `${parts.method} ${parts.path} ${parts.version}`,
      ...usual,
      ...parts.headers,
      ...ends,
      '',
      '',
    ];
    return Buffer.concat([Buffer.from(lines.join(parts.lineEnd), 'latin1'), bytes]);
  });

/** What one connection sends, piece by piece: requests, whole or damaged, one or several. */
export const conversations: fc.Arbitrary<Buffer[]> = fc
  .record({
    requests: fc.array(oneRequest, { minLength: 1, maxLength: 3 }),
    damage: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 2 }),
    cuts: fc.array(fc.nat(), { maxLength: 3 }),
  })
  .map(({ requests, damage, cuts }) => {
    const bytes = Buffer.concat(requests);
    for (const [place, byte] of damage) bytes[place % bytes.length] = byte;
    const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
    return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
  });
