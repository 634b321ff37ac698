import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpExchange } from '../exchange.js';
import type { nodesHttp } from '../read-by-node.js';
import { PlainExchange, type PlainExchangeDeps } from './plain-exchange.js';
import { readPlainRequest } from './plain-request.js';

export interface PlainRequestsOptions {
  /** The target of those that are answered here, as `/graphql`. */
  readonly path: string;
  /** Larger bodies are Node's. In bytes. */
  readonly bodyLimit: number;
  readonly trustedProxies: number;
  readonly answer: (exchange: HttpExchange) => void;
  /** False from when on each answer has to end its connection, and everything that comes is Node's. */
  readonly isOpen: () => boolean;
}

/** Connections that have brought nothing but plain requests. */
export interface PlainConnections {
  /** Ends those on which nothing is under way. */
  closeIdle(): void;
}

/**
 * Answers plain requests (see {@link readPlainRequest}) of a server's connections without Node's HTTP. A connection
 * that brings anything else is given to the server as if it had just come, with all that it brought, and stays there.
 *
 * @param nodes of the same server
 */
export function servePlainRequests(
  server: Server,
  nodes: ReturnType<typeof nodesHttp>,
  options: PlainRequestsOptions,
): PlainConnections {
  server.off('connection', nodes.listener);
  const connections = new Set<PlainConnection>();
  server.on('connection', (socket) => {
    const connection = new PlainConnection(socket, server, options, (rest) => {
      connections.delete(connection);
      if (rest) nodes.read(socket, rest);
    });
    connections.add(connection);
  });
  return {
    closeIdle() {
      for (const connection of connections) connection.closeIfIdle();
    },
  };
}

class PlainConnection {
  readonly #socket: Socket;
  readonly #server: Server;
  readonly #options: PlainRequestsOptions;
  readonly #deps: PlainExchangeDeps;
  /** Ends this connection's time here, and says what Node is to read. */
  readonly #leave: (rest?: Buffer) => void;
  #current: PlainExchange | undefined;
  /** What came before its turn. */
  #waiting: Buffer | undefined;
  #isNew = true;

  constructor(socket: Socket, server: Server, options: PlainRequestsOptions, leave: (rest?: Buffer) => void) {
    this.#socket = socket;
    this.#server = server;
    this.#options = options;
    this.#leave = leave;
    this.#deps = {
      trustedProxies: options.trustedProxies,
      keepAliveMs: server.keepAliveTimeout,
      isOpen: options.isOpen,
      onSent: this.#onSent,
    };
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
    socket.on('timeout', this.#onTimeout);
    // The first byte has as long as all headers.
    socket.setTimeout(server.headersTimeout);
  }

  closeIfIdle(): void {
    // The first request of a new one may be on its way: it is still answered, by Node, as the last one.
    if (!this.#isNew && !this.#current) this.#socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#current) {
      // A client that does not wait for answers waits here.
      this.#waiting = this.#waiting ? Buffer.concat([this.#waiting, chunk]) : chunk;
      this.#socket.pause();
      return;
    }
    this.#read(chunk);
  };

  #read(chunk: Buffer): void {
    const { path, bodyLimit, isOpen, answer } = this.#options;
    const request = isOpen() ? readPlainRequest(chunk, path, this.#socket) : undefined;
    if (!request || request.body.length > bodyLimit) return this.#handOver(chunk);
    if (this.#isNew) {
      this.#isNew = false;
      this.#socket.setTimeout(this.#server.keepAliveTimeout);
    }
    this.#current = new PlainExchange(request, this.#deps);
    answer(this.#current);
  }

  #handOver(chunk: Buffer): void {
    const socket = this.#socket;
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('error', this.#onError);
    socket.off('close', this.#onClose);
    socket.off('timeout', this.#onTimeout);
    socket.setTimeout(0);
    this.#leave(chunk);
  }

  readonly #onSent = (endsConnection: boolean): void => {
    this.#current = undefined;
    if (endsConnection) {
      this.#socket.off('data', this.#onData);
      this.#socket.destroySoon();
      return;
    }
    const chunk = this.#waiting;
    if (!chunk || this.#socket.destroyed) return;
    this.#waiting = undefined;
    this.#read(chunk);
    // Node has it, or it is answered here.
    if (this.#current) this.#socket.resume();
  };

  /** As Node has it: who stops speaking does not wait for an answer. */
  readonly #onEnd = (): void => void this.#socket.end();

  readonly #onError = (): void => {};

  readonly #onClose = (): void => {
    this.#leave();
    this.#current?.abandon();
  };

  readonly #onTimeout = (): void => {
    // Who waits for an answer may be silent; who has one that he does not read would keep it here for ever.
    if (this.#current && this.#socket.writableLength === 0) return;
    if (!this.#isNew) this.#socket.destroy();
    else {
      const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      this.#server.emit('clientError', error, this.#socket);
    }
  };
}
