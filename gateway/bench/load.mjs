import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
/** In one load, over all connections. */
const MAX_RECONNECTS = 100;
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/**
 * Posts operations on keep-alive connections, one in flight on each, until time or number is up. The sockets are
 * raw: a client library would cost more than some of the gateways that are measured.
 *
 * @param next makes the body of the next request, or `{ body, headers }` with lines of more headers; `seconds` or `requests` end the load
 * @returns requests, their rate, and p50 and p99 of their latency in milliseconds
 */
export async function load(port, { next, connections, seconds = Infinity, requests = Infinity }) {
  const tally = { latencies: [], reconnects: 0 };
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  let started = 0;
  const more = () => (started < requests && performance.now() < end ? requestOf(next(started++)) : undefined);
  await Promise.all(Array.from({ length: connections }, () => client(port, more, tally)));
  const elapsed = (performance.now() - startedAt) / 1000;
  const sorted = Float64Array.from(tally.latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    requests: sorted.length,
    rps: sorted.length / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    reconnects: tally.reconnects,
  };
}

const requests = new Map();

/** Head and body of a request as one buffer; few different ones are asked over and over. */
function requestOf(next) {
  if (typeof next !== 'string') return bufferOf(next.body, next.headers);
  let request = requests.get(next);
  if (!request) {
    request = bufferOf(next, '');
    if (requests.size < 100) requests.set(next, request);
  }
  return request;
}

const bufferOf = (body, headers) =>
  Buffer.from(
    `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
      `${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );

/** A client with one connection. A server may close one that it takes for idle: then the request goes out again. */
async function client(port, more, tally) {
  let connection;
  for (let request = more(); request; request = more()) {
    const sentAt = performance.now();
    for (let answered = false; !answered;) {
      connection ??= open(port);
      answered = await connection.ask(request);
      if (answered) continue;
      connection = undefined;
      tally.reconnects += 1;
      if (tally.reconnects > MAX_RECONNECTS) throw new Error('It closes its connections.');
    }
    tally.latencies.push(performance.now() - sentAt);
  }
  connection?.close();
}

/** A connection for one request at a time. */
function open(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let parts = [];
  let size = 0;
  let expected;
  let settle = { resolve: () => {}, reject: () => {} };
  socket.on('error', () => {});
  socket.on('close', () => settle.resolve(false));
  socket.on('data', (chunk) => {
    parts.push(chunk);
    size += chunk.length;
    expected ??= expectation(parts);
    if (!expected || !isWhole(expected, size, parts)) return;
    if (expected.status === 200) settle.resolve(true);
    else
      settle.reject(
        new Error(`It answers ${expected.status}: ${Buffer.concat(parts).toString().slice(0, 500)}`),
      );
  });
  return {
    /** @returns whether an answer came before the connection was closed */
    ask: (request) =>
      new Promise((resolve, reject) => {
        parts = [];
        size = 0;
        expected = undefined;
        settle = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.end(),
  };
}

/** What the head says about the answer's end; undefined while the head is incomplete. */
function expectation(parts) {
  const start = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  const headEnd = start.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = start.latin1Slice(0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return {
    status: Number(head.slice(9, 12)),
    size: length === undefined ? undefined : headEnd + HEAD_END.length + Number(length),
  };
}

/** An answer in chunks ends with an empty one; JSON holds no raw line ends, so nothing else looks like it. */
function isWhole({ size: whole }, size, parts) {
  if (whole !== undefined) return size >= whole;
  const last = parts.at(-1).length >= LAST_CHUNK.length ? parts.at(-1) : Buffer.concat(parts.slice(-2));
  return last.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
}
