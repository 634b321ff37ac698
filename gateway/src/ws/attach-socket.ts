import type { IncomingMessage } from 'node:http';
import type { Logger } from '@souk/kit/log';
import { CloseCode, type Server } from 'graphql-ws';
import { WebSocket } from 'ws';
import { leaveCompleted } from './graphql-protocol.js';
import type { SocketExtra } from './socket-extra.js';
import { pauseSlowReader } from './slow-reader.js';

/** How often a silent client is asked whether it is still there, in milliseconds. */
const PING_EVERY_MS = 12_000;

export interface AttachDeps {
  readonly protocol: Server<SocketExtra>;
  readonly logger: Logger;
}

/** Joins one WebSocket to the protocol: messages in and out, keep-alive, and what to do when it breaks. */
export function attachSocket(
  socket: WebSocket,
  request: IncomingMessage,
  { protocol, logger }: AttachDeps,
): void {
  const close = (code: number, reason: string): void => socket.close(code, shortened(reason));
  const extra: SocketExtra = { request, close, running: new Set() };
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      // Resolves once written, so that a client that reads slowly slows its stream down, or once nobody reads any more:
      // that the socket has closed ends its operations, not that something could not be sent.
      send: (data) =>
        new Promise((resolve) => {
          if (socket.readyState !== WebSocket.OPEN) return resolve();
          socket.send(data, () => resolve());
        }),
      close: (code = 1000, reason = '') => close(code, reason),
      onMessage: (handle) => {
        socket.on('message', (data, isBinary) => {
          // What was sent before our closing was heard still arrives.
          if (socket.readyState !== WebSocket.OPEN) return;
          if (isBinary) return close(CloseCode.BadRequest, 'Messages are text, not binary.');
          // `ws` hands text over as a Buffer; graphql-ws parses the string.
          handle((data as Buffer).toString()).catch((error: unknown) => {
            if (isServersOwn(error)) return close(CloseCode.BadRequest, 'Invalid message received');
            logger.error({ err: error }, 'a WebSocket message could not be handled');
            close(1011, 'Something went wrong on our side. Connect again.');
          });
          leaveCompleted(extra);
        });
      },
    },
    extra,
  );

  pauseSlowReader(socket, request.socket);
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const pings = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, PING_EVERY_MS);
  // Too large a message, a broken frame: `ws` closes with the right code by itself.
  socket.on('error', (error) => logger.debug({ err: error }, 'WebSocket broke'));
  socket.once('close', (code, reason) => {
    clearInterval(pings);
    closed(code, reason.toString()).catch((error: unknown) =>
      logger.error({ err: error }, 'WebSocket clean-up failed'),
    );
  });
}

/** A reason has room for 123 bytes, and may repeat what the client sent. */
const shortened = (reason: string): string => Buffer.from(reason).subarray(0, 120).toString();

/** graphql-ws fails at messages that only a server may send, as it does at its own mistakes. */
const isServersOwn = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected message of type');
