/** Bytes of which HTTP libraries would not write a single line. */
export interface HostileBytes {
  readonly what: string;
  readonly bytes: string | Buffer;
  /** Of the last answer. 0: the connection ends without one */
  readonly status: number;
}

const ASK = '{"query":"{ whoami }"}';
const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`;
const post = (...headers: string[]): string =>
  lines('POST /graphql HTTP/1.1', 'host: a', 'content-type: application/json', ...headers);
const LENGTH = `content-length: ${ASK.length}`;
const chunk = (size: string): string => `${size}\r\n${ASK}\r\n0\r\n\r\n`;
const chunked = (size: string): string => post('transfer-encoding: chunked') + chunk(size);
const SIZE = ASK.length.toString(16);

const LENGTHS: readonly HostileBytes[] = [
  { what: 'both lengths', bytes: post(LENGTH, 'transfer-encoding: chunked') + chunk(SIZE), status: 400 },
  {
    what: 'both lengths, the other way round',
    bytes: post('transfer-encoding: chunked', LENGTH) + chunk(SIZE),
    status: 400,
  },
  { what: 'two lengths that differ', bytes: post(LENGTH, 'content-length: 3') + ASK, status: 400 },
  { what: 'a list of lengths', bytes: post('content-length: 22, 22') + ASK, status: 400 },
  { what: 'a negative length', bytes: post('content-length: -1') + ASK, status: 400 },
  { what: 'a length with a sign', bytes: post('content-length: +22') + ASK, status: 400 },
  { what: 'a length in another base', bytes: post('content-length: 0x16') + ASK, status: 400 },
  {
    what: 'a length no number can hold',
    bytes: post(`content-length: ${'9'.repeat(40)}`) + ASK,
    status: 400,
  },
  { what: 'a length that is a lie', bytes: post('content-length: 99999999') + ASK, status: 413 },
  {
    what: 'a lie that asks before',
    bytes: post('content-length: 99999999', 'expect: 100-continue'),
    status: 413,
  },
  { what: 'an encoding nobody knows', bytes: post('transfer-encoding: xchunked') + chunk(SIZE), status: 400 },
  {
    what: 'chunks that are not the last encoding',
    bytes: post('transfer-encoding: chunked, identity') + chunk(SIZE),
    status: 400,
  },
  { what: 'a hidden encoding', bytes: post('transfer-encoding:\u000bchunked', LENGTH) + ASK, status: 400 },
  { what: 'chunks without a size', bytes: chunked(''), status: 400 },
  { what: 'a size that is none', bytes: chunked('zz'), status: 400 },
  { what: 'a negative size', bytes: chunked('-16'), status: 400 },
  { what: 'a size no number can hold', bytes: chunked('f'.repeat(20)), status: 400 },
  { what: 'a size that is a lie', bytes: chunked('3'), status: 400 },
  { what: 'extensions of a chunk without end', bytes: chunked(`${SIZE};${'x'.repeat(20_000)}`), status: 413 },
];

const HEADERS: readonly HostileBytes[] = [
  {
    what: 'line feeds alone',
    bytes: `POST /graphql HTTP/1.1\nhost: a\ncontent-type: application/json\n${LENGTH}\n\n${ASK}`,
    status: 400,
  },
  {
    what: 'a carriage return alone',
    bytes: post('x: a\rtransfer-encoding: chunked', LENGTH) + ASK,
    status: 400,
  },
  { what: 'a space before the colon', bytes: post('content-length : 22') + ASK, status: 400 },
  {
    what: 'a header that goes on in the next line',
    bytes: post('x: a', ' transfer-encoding: chunked', LENGTH, ' 5') + ASK,
    status: 400,
  },
  { what: 'a NUL in a header', bytes: post('x: a\u0000b', LENGTH) + ASK, status: 400 },
  { what: 'a header without a name', bytes: post(': x', LENGTH) + ASK, status: 400 },
  { what: 'a header without a colon', bytes: post('nonsense', LENGTH) + ASK, status: 400 },
  { what: 'no host', bytes: lines('GET /health HTTP/1.1'), status: 400 },
  { what: 'headers of 20 KB', bytes: post(`x: ${'x'.repeat(20_000)}`), status: 431 },
  {
    what: 'four thousand headers',
    bytes: post(...Array.from({ length: 4_000 }, (_, n) => `x${n}: ${n}`)),
    status: 431,
  },
  {
    what: 'an address of 20 KB',
    bytes: lines(`GET /${'x'.repeat(20_000)} HTTP/1.1`, 'host: a'),
    status: 431,
  },
  { what: 'an expectation nobody meets', bytes: post('expect: wonders', LENGTH) + ASK, status: 417 },
];

const PROTOCOLS: readonly HostileBytes[] = [
  { what: 'HTTP of the very beginning', bytes: 'GET /graphql\r\n\r\n', status: 400 },
  { what: 'HTTP of the future', bytes: lines('GET /health HTTP/9.9', 'host: a'), status: 400 },
  { what: 'the preface of HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', status: 400 },
  { what: 'a method nobody knows', bytes: lines('HACK /graphql HTTP/1.1', 'host: a'), status: 400 },
  {
    what: 'a tunnel to elsewhere',
    bytes: lines('CONNECT evil.test:443 HTTP/1.1', 'host: evil.test:443'),
    status: 0,
  },
  {
    what: 'another protocol to switch to, which is passed over',
    bytes: lines('GET /graphql HTTP/1.1', 'host: a', 'connection: upgrade', 'upgrade: h2c'),
    status: 400,
  },
  {
    what: 'a WebSocket without a key',
    bytes: lines('GET /graphql HTTP/1.1', 'host: a', 'connection: upgrade', 'upgrade: websocket'),
    status: 400,
  },
  { what: 'a greeting of TLS', bytes: Buffer.from('16030100c8010000c40303', 'hex'), status: 400 },
  { what: 'zeros', bytes: Buffer.alloc(5_000), status: 400 },
  {
    what: 'one smuggled behind another',
    bytes: `${post('content-length: 22', 'transfer-encoding: chunked')}0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: a\r\n\r\n`,
    status: 400,
  },
];

/** By what is wrong with them. */
export const HOSTILE_BYTES: Readonly<Record<string, readonly HostileBytes[]>> = {
  'lengths:': LENGTHS,
  'headers:': HEADERS,
  'protocols:': PROTOCOLS,
};
