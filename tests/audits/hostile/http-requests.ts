import { gzipSync } from 'node:zlib';
import type { HttpRequest } from '../target/send-http.js';

/** A request that HTTP allows and we do not, or not as it wants. */
export interface HostileRequest extends HttpRequest {
  readonly what: string;
  readonly status: number;
  /** Headers that the answer must have; undefined for those it must not have. @default {} */
  readonly answers?: Readonly<Record<string, string | RegExp | undefined>>;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const GRAPHQL = { ...JSON_TYPE, accept: 'application/graphql-response+json' };
const ASK = '{"query":"{ whoami }"}';
const query = (text: string): string => `/graphql?query=${encodeURIComponent(text)}`;

const typed = (what: string, type: string | undefined, body: string | Buffer = ASK): HostileRequest => ({
  what,
  headers: type === undefined ? {} : { 'content-type': type },
  body,
  status: 415,
  answers: { 'accept-post': 'application/json' },
});
const encoded = (encoding: string, body: string | Buffer): HostileRequest => ({
  what: `a body in ${encoding}`,
  headers: { ...JSON_TYPE, 'content-encoding': encoding },
  body,
  status: 415,
});
const refusedBody = (what: string, body: string | Buffer, status = 400): HostileRequest => ({
  what,
  headers: GRAPHQL,
  body,
  status,
});
const method = (name: string): HostileRequest => ({
  what: `the method ${name}`,
  method: name,
  status: 405,
  answers: { allow: 'GET, POST' },
});
const gotten = (
  what: string,
  path: string,
  status: number,
  headers: HttpRequest['headers'] = {},
): HostileRequest => ({ what, method: 'GET', path, headers, status });

const MEDIA_TYPES: readonly HostileRequest[] = [
  typed('text, as a page of anybody can send it', 'text/plain'),
  typed('a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent('{ whoami }')}`),
  typed('a form with files', 'multipart/form-data; boundary=x', `--x\r\n\r\n${ASK}\r\n--x--`),
  typed('no type', undefined),
  typed('a type of old', 'application/graphql', '{ whoami }'),
  typed('a type that only begins like JSON', 'application/jsonp'),
  typed('JSON beside text', 'text/plain; application/json'),
  typed('UTF-16', 'application/json; charset=utf-16', Buffer.from(ASK, 'utf16le')),
  typed('a charset of Japan', 'application/json; charset=shift_jis'),
  typed('a charset nobody knows', 'application/json; charset=nonsense'),
  encoded('gzip', gzipSync(Buffer.alloc(2_000_000))),
  encoded('br', ASK),
  encoded('gzip, gzip', ASK),
  { what: 'a page as an answer', headers: { ...JSON_TYPE, accept: 'text/html' }, body: ASK, status: 406 },
  {
    what: 'a picture as an answer',
    headers: { ...JSON_TYPE, accept: 'image/png;q=1' },
    body: ASK,
    status: 406,
  },
  {
    what: 'ten thousand kinds of answers',
    headers: { ...JSON_TYPE, accept: Array.from({ length: 1_500 }, (_, n) => `a/b${n}`).join() },
    body: ASK,
    status: 406,
  },
];

const BODIES: readonly HostileRequest[] = [
  refusedBody('nothing', ''),
  refusedBody('null', 'null'),
  refusedBody('true', 'true'),
  refusedBody('a text', '"{ whoami }"'),
  refusedBody('a number', '1e999'),
  refusedBody('an empty list', '[]'),
  refusedBody('a batch', `[${ASK}]`),
  refusedBody('a batch of ten thousand', `[${Array.from({ length: 10_000 }, () => ASK).join()}]`),
  refusedBody('an empty object', '{}'),
  refusedBody('half an object', '{"query":'),
  refusedBody('more than an object', `${ASK}${ASK}`),
  refusedBody('JavaScript', "{query: '{ whoami }'}"),
  refusedBody('lists in lists', '['.repeat(500_000)),
  refusedBody('objects in objects', '{"a":'.repeat(150_000)),
  refusedBody('a NUL', `${ASK}\u0000`),
  refusedBody('bytes that are no UTF-8', Buffer.from([...Buffer.from('{"query":"'), 0xc0, 0xaf, 0x22, 0x7d])),
  refusedBody('half of a letter', Buffer.from([...Buffer.from('{"query":"'), 0xe2, 0x82])),
  refusedBody('a query of another kind', '{"query":{"toString":"x"}}'),
  refusedBody('a query under __proto__', '{"__proto__":{"query":"{ whoami }"}}'),
  refusedBody('variables of another kind', '{"query":"{ whoami }","variables":"x"}'),
  refusedBody('an operation name of another kind', '{"query":"{ whoami }","operationName":["x"]}'),
  refusedBody('two megabytes', `{"query":"{ whoami }","x":"${'x'.repeat(2_000_000)}"}`, 413),
  refusedBody('a query twice, the second one counts', '{"query":"{ whoami }","query":"{ nope }"}'),
];

const METHODS: readonly HostileRequest[] = [
  ...['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'].map(method),
  gotten('a query from any page', query('{ whoami }'), 403, { accept: '*/*' }),
  gotten('a query from an image', query('{ whoami }'), 403, {
    accept: 'image/*',
    'sec-fetch-mode': 'no-cors',
  }),
  gotten('a mutation by GET', query('mutation { addNote(text: "x") }'), 405, { accept: 'application/json' }),
  gotten('a mutation by GET, for a stream', query('mutation { addNote(text: "x") }'), 405, {
    accept: 'text/event-stream',
    'apollo-require-preflight': 'true',
  }),
  gotten('a stream by GET from any page', query('subscription { priceChanged { name } }'), 403, {
    accept: 'text/event-stream',
  }),
  gotten('a stream by GET', query('subscription { priceChanged { name } }'), 400, {
    accept: 'application/json',
  }),
  gotten('variables that are no JSON', `${query('{ whoami }')}&variables={`, 400, {
    accept: 'application/json',
  }),
  gotten('variables that are a list', `${query('{ whoami }')}&variables=[]`, 400, {
    accept: 'application/json',
  }),
  gotten('signs that are half encoded', '/graphql?query=%7Bwhoami%ff%zz', 400, {
    accept: 'application/graphql-response+json',
  }),
  gotten('no query', '/graphql', 400, { accept: 'application/json' }),
  gotten('a batch by GET', '/graphql?query[]=%7Bwhoami%7D', 400, { accept: 'application/json' }),
];

const IDENTITY: readonly HostileRequest[] = [
  ...[
    'Bearer',
    'Bearer x',
    'Bearer a.b.c',
    'Basic YWRtaW46YWRtaW4=',
    'Bearer x y',
    `Bearer ${'x'.repeat(8_000)}`,
  ].map((authorization): HostileRequest => ({
    what: `the proof ${authorization.slice(0, 30)}`,
    headers: { ...JSON_TYPE, authorization },
    body: ASK,
    status: 401,
    answers: { 'www-authenticate': /^Bearer/ },
  })),
  {
    what: 'an identity that it gave itself',
    headers: { ...JSON_TYPE, 'x-souk-envelope': 'forged', 'x-souk-user': 'admin', 'x-forwarded-for': '::1' },
    body: ASK,
    status: 200,
  },
  {
    what: 'an id that would break the log',
    headers: { ...JSON_TYPE, 'x-request-id': `x"}{"level":60${'x'.repeat(500)}` },
    body: ASK,
    status: 200,
    answers: { 'x-request-id': /^[0-9a-f-]{36}$/ },
  },
  {
    what: 'a trace that is none',
    headers: { ...JSON_TYPE, traceparent: '00-zzz-zzz-zz', tracestate: '='.repeat(1_000) },
    body: ASK,
    status: 200,
  },
];

const ORIGINS: readonly HostileRequest[] = [
  {
    what: 'a foreign page, which may not read the answer',
    headers: { ...JSON_TYPE, origin: 'https://evil.test' },
    body: ASK,
    status: 200,
    answers: { 'access-control-allow-origin': undefined, 'access-control-allow-credentials': undefined },
  },
  ...['https://evil.test', 'null', 'https://127.0.0.1.evil.test'].map((origin): HostileRequest => ({
    what: `a page of ${origin} that asks before`,
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
    status: 204,
    answers: { 'access-control-allow-origin': undefined, 'access-control-allow-methods': undefined },
  })),
];

const PATHS: readonly HostileRequest[] = [
  '/graphql/',
  '//graphql',
  '/graphql%00',
  '/graphql;x=1',
  '/GRAPHQL',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fpackage.json',
  '/playground/..%2f..%2f..%2fpackage.json',
  '/playground/%2e%2e/%2e%2e/package.json',
  '/%',
  '/%ff',
  '/.env',
  '/__proto__',
  `/${'x'.repeat(8_000)}`,
].map((path) => gotten(`the path ${path.slice(0, 40)}`, path, 404));

/** By what is wrong with them. */
export const HOSTILE_REQUESTS: Readonly<Record<string, readonly HostileRequest[]>> = {
  'media types:': MEDIA_TYPES,
  'bodies:': BODIES,
  'methods:': METHODS,
  'identity:': IDENTITY,
  'origins:': ORIGINS,
  'paths:': PATHS,
};

/** What a request meets that wants its answer as a stream: the same. None for those whose point is another answer. */
export function asStream(request: HostileRequest): HostileRequest[] {
  const { accept = 'application/json' } = request.headers ?? {};
  if (request.method !== undefined || !String(accept).includes('json')) return [];
  return [{ ...request, headers: { ...request.headers, accept: 'text/event-stream' } }];
}
