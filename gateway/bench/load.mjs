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

/** All sockets read into it: what it holds is looked at before anything else is read. An answer of the bench fits. */
const read = Buffer.allocUnsafe(256 * 1024);

/** A connection for one request at a time. */
function open(port) {
  let answer = answerReader();
  let settle = { resolve: () => {}, reject: () => {} };
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    // A buffer for each read would be most of this process's work, and it must never be what is measured.
    onread: {
      buffer: read,
      callback(size, buffer) {
        if (!answer.isWholeWith(buffer.subarray(0, size))) return true;
        const { status, text } = answer;
        if (status === 200) settle.resolve(true);
        else settle.reject(new Error(`It answers ${status}: ${text}`));
        return true;
      },
    },
  });
  socket.on('error', () => {});
  socket.on('close', () => settle.resolve(false));
  return {
    /** @returns whether an answer came before the connection was closed */
    ask: (request) =>
      new Promise((resolve, reject) => {
        answer = answerReader();
        settle = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.end(),
  };
}

/** Finds the end of an answer in what is read piece by piece; keeps no more of it than that takes. */
function answerReader() {
  let start = Buffer.alloc(0);
  let end = Buffer.alloc(0);
  let size = 0;
  let head;
  return {
    get status() {
      return head.status;
    },
    get text() {
      return start.toString('utf8', 0, 500);
    },
    /** With this piece, of which nothing is kept by reference. */
    isWholeWith(piece) {
      size += piece.length;
      if (!head) {
        const from = start.length > 0 ? Buffer.concat([start, piece]) : piece;
        head = headOf(from);
        if (!head || head.status !== 200) start = Buffer.from(from);
        if (!head) return false;
      }
      if (head.size !== undefined) return size >= head.size;
      // An answer in chunks ends with an empty one; JSON holds no raw line ends, so nothing else looks like it.
      end = Buffer.concat([end, piece.subarray(-LAST_CHUNK.length)]).subarray(-LAST_CHUNK.length);
      return end.equals(LAST_CHUNK);
    },
  };
}

/** What the head says of status and size of the whole answer; undefined while it is incomplete. */
function headOf(start) {
  const headEnd = start.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = start.latin1Slice(0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return {
    status: Number(head.slice(9, 12)),
    size: length === undefined ? undefined : headEnd + HEAD_END.length + Number(length),
  };
}
