import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@souk/kit/log';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { isAllowedOrigin } from '../http/same-origin.js';
import type { GatewayMetrics } from '../metrics/gateway-metrics.js';
import { attachSocket } from './attach-socket.js';
import { createGraphqlProtocol, type ProtocolDeps } from './graphql-protocol.js';

export interface GraphqlSocketsDeps extends ProtocolDeps {
  readonly path: string;
  /** Other origins whose pages may connect. Browsers send no preflight for a WebSocket, so this is the only guard. */
  readonly origins: () => readonly string[];
  /** Largest message from a client, in bytes. */
  readonly maxPayload: number;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
}

/** GraphQL over WebSocket (protocol graphql-transport-ws) beside the HTTP endpoint. */
export interface GraphqlSockets {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every client to go (1001), then cuts those that stay longer than the grace. */
  close(graceMs: number): Promise<void>;
}

/** How long a client may take to agree to the end of its socket, in milliseconds. */
const CLOSE_MS = 5_000;

export function createGraphqlSockets(deps: GraphqlSocketsDeps): GraphqlSockets {
  const { path, origins, maxPayload, logger, metrics } = deps;
  const protocol = createGraphqlProtocol(deps);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload,
    // `ws` knows it, its types do not yet.
    ...({ closeTimeout: CLOSE_MS } as object),
    handleProtocols: (offered) => handleProtocols(offered),
  });
  let closing = false;

  return {
    handleUpgrade(request, socket, head) {
      if (closing) return reject(socket, 503);
      if ((request.url ?? '').split('?')[0] !== path) return reject(socket, 404);
      if (!isAllowedOrigin(request, origins())) return reject(socket, 403);
      server.handleUpgrade(request, socket, head, (client) => {
        metrics.sockets.inc();
        client.once('close', () => metrics.sockets.dec());
        attachSocket(client, request, { protocol, logger });
      });
    },
    async close(graceMs) {
      closing = true;
      for (const client of server.clients) client.close(1001, 'The gateway is restarting. Connect again.');
      const gone = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => {
        for (const client of server.clients) client.terminate();
      }, graceMs);
      const emptied = Promise.all(
        [...server.clients].map((client) => new Promise((resolve) => client.once('close', resolve))),
      );
      await Promise.all([gone, emptied]);
      clearTimeout(cut);
    },
  };
}

function reject(socket: Duplex, status: number): void {
  socket.on('error', () => {});
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    // Nobody reads it any more: the client's own end would never be seen.
    () => socket.destroy(),
  );
}
