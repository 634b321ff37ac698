import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { inTurn } from './in-turn.js';
import { serveOffers, type WebSocketListener } from './offered-protocols.js';
import {
  type PlainConnections,
  type PlainRequestsOptions,
  servePlainRequests,
} from './plain/serve-plain-requests.js';
import { nodesHttp } from './read-by-node.js';
import { underWay } from './under-way.js';

export interface HttpServerOptions {
  /** How long the headers of a request may take, in milliseconds. @default 10000 */
  readonly headersTimeoutMs?: number | undefined;
  /** How long a request may take to arrive with its body, in milliseconds. @default 20000 */
  readonly requestTimeoutMs?: number | undefined;
  /** What is answered without Node's HTTP. @default nothing */
  readonly plain?: PlainRequestsOptions | undefined;
  /** Takes who wants a WebSocket. Other protocols that are offered are passed over. @default none is known */
  readonly onWebSocket?: WebSocketListener | undefined;
}

/**
 * A server that does not wait for ever: slow headers and slow bodies are cut, and the check for both runs often enough
 * (Node's default of 30 s would double the wait). So is who reads nothing of an answer for as long as an idle connection
 * is kept. What is no HTTP is told so before its connection ends.
 */
export function createHttpServer(
  listener: RequestListener,
  { headersTimeoutMs = 10_000, requestTimeoutMs = 20_000, plain, onWebSocket }: HttpServerOptions = {},
): Server {
  const server = createServer({
    // Node refuses a request that may be slower as a whole than its headers.
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(2_000, headersTimeoutMs, requestTimeoutMs),
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
  });
  server.on('request', (_request, response) => {
    // Who waits for an answer may be silent; who has one that he does not read would keep it here for ever.
    response.setTimeout(server.keepAliveTimeout, () => {
      if (response.writableLength > 0) response.destroy();
    });
  });
  server.on('request', inTurn(listener));
  server.on('clientError', answerUnreadable);
  const nodes = nodesHttp(server);
  if (onWebSocket) serveOffers(server, nodes.read, onWebSocket);
  if (plain) plainConnections.set(server, servePlainRequests(server, nodes, plain));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  connections.set(server, sockets);
  return server;
}

/** All connections of a server, those too that speak something else by now: Node only knows those that speak HTTP. */
const connections = new WeakMap<Server, Set<Socket>>();

const plainConnections = new WeakMap<Server, PlainConnections>();

/** Idle kept-alive connections are closed. */
function closeIdle(server: Server): void {
  server.closeIdleConnections();
  plainConnections.get(server)?.closeIdle();
}

/** What Node's parser says about a request, and how we put it. */
const UNREADABLE: Readonly<Record<string, readonly [status: string, error: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The headers are larger than 16 KB. Send less.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'The chunk extensions are too large. Send none.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive. Send it again.'],
};
const MALFORMED = ['400 Bad Request', 'This is not a valid HTTP request.'] as const;

/** Answers a connection whose bytes are no request, in place of Node, which says nothing but the status. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  // Node, too, looks at it before it answers by itself.
  if (error.code === 'ECONNRESET' || !socket.writable || underWay(socket)?.headersSent) {
    socket.destroy();
    return;
  }
  const [status, message] = UNREADABLE[error.code ?? ''] ?? MALFORMED;
  const body = JSON.stringify({ error: message });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'connection: close',
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}

/** Lets each answer that is under way now, unless it has begun, be the last one of its connection, and say so. */
export function makeAnswersLast(server: Server): void {
  for (const socket of connections.get(server) ?? []) {
    const response = underWay(socket);
    if (response && !response.headersSent) response.setHeader('connection', 'close');
  }
}

/**
 * Stops accepting, lets requests in flight finish for a while, then cuts what is left. Idle kept-alive connections
 * are closed at once.
 */
export async function drain(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closeIdle(server);
  // Connections become idle one by one as their answers end; Node closes them only when asked.
  const sweep = setInterval(() => closeIdle(server), 50);
  const cut = setTimeout(() => {
    server.closeAllConnections();
    for (const socket of connections.get(server) ?? []) socket.destroy();
  }, graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
