import type { CancelSignal } from '@souk/kit/lifecycle';
import { type Connection, type Endpoint, LostConnection, openConnection } from './connection.js';
import type { RawAnswer } from './answer-reader.js';

export interface HttpClientOptions extends Endpoint {
  /** Most connections at once; more requests wait for a free one. */
  readonly connections: number;
  /** How long a request may take, waiting included, in milliseconds. */
  readonly timeoutMs: number;
  /** Largest body of an answer, in bytes. @default 67108864 */
  readonly bodyLimit?: number;
  /** How long a free connection is kept, in milliseconds: less than servers keep theirs. @default 4000 */
  readonly idleMs?: number;
  /** Age at which a connection is not used again, in milliseconds, so that moved names are noticed. @default 300000 */
  readonly maxAgeMs?: number;
}

/** A request, as text that is ready to be sent. */
export interface RawRequest {
  /** Everything up to and including the empty line, but for the content length. Must end in `content-length: `. */
  readonly head: string;
  readonly body: string;
  /** True if it does no harm when it is carried out twice. */
  readonly isRepeatable: boolean;
  readonly signal?: CancelSignal | undefined;
}

/** Thrown when a request took too long. */
export class RequestTimeout extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.name = 'RequestTimeout';
  }
}

/** A pool of kept-alive HTTP/1.1 connections to one endpoint. */
export interface HttpClient {
  /** @throws LostConnection, RequestTimeout, or the signal's reason */
  send(request: RawRequest): Promise<RawAnswer>;
  /** Lets what runs finish, then ends. @param graceMs what still runs after it is cut, in milliseconds */
  close(graceMs: number): Promise<void>;
}

interface Exchange {
  readonly request: RawRequest;
  readonly deadline: number;
  readonly resolve: (answer: RawAnswer) => void;
  readonly reject: (reason: unknown) => void;
  readonly onAbort: (() => void) | undefined;
  connection: Connection<Exchange> | undefined;
  wasRepeated: boolean;
}

/**
 * Does only what a gateway needs of HTTP towards subgraphs, and that with one write for a request and nothing made for
 * it but a promise: no streams, no header objects, one timer for all. What is under way is known by its connection, not
 * by a map: one that is filled and emptied all the time keeps alive what it held, until a full garbage collection.
 *
 * @example const client = createHttpClient({ host: 'orders', port: 4000, isSecure: false, connections: 128, timeoutMs: 10_000 });
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { connections, timeoutMs, bodyLimit = 67_108_864, idleMs = 4_000, maxAgeMs = 300_000 } = options;
  /** The one that became free last is used first, so that the others can go. */
  const free: Connection<Exchange>[] = [];
  const opened: Connection<Exchange>[] = [];
  /** In the order they came; a Set, because whoever gives up leaves from the middle. */
  const waiting = new Set<Exchange>();
  let running = 0;
  let closing = false;
  let whenEmpty: (() => void) | undefined;

  const settle = (exchange: Exchange): void => {
    const { signal } = exchange.request;
    if (exchange.onAbort) signal?.removeEventListener('abort', exchange.onAbort);
    waiting.delete(exchange);
    if (closing && running === 0 && waiting.size === 0) whenEmpty?.();
  };
  /** What a connection was used for, from now on free of it. */
  const leave = (connection: Connection<Exchange>): Exchange | undefined => {
    const { work } = connection;
    connection.work = undefined;
    if (work) running -= 1;
    return work;
  };
  const fail = (exchange: Exchange, reason: unknown): void => {
    const { connection } = exchange;
    if (connection) {
      leave(connection);
      connection.destroy();
    }
    settle(exchange);
    exchange.reject(reason);
  };

  const start = (exchange: Exchange, connection: Connection<Exchange>): void => {
    const { head, body } = exchange.request;
    exchange.connection = connection;
    connection.work = exchange;
    running += 1;
    const length = Buffer.byteLength(body);
    // As many bytes as characters: plain ASCII, which needs no encoding.
    connection.send(`${head}${length}\r\n\r\n${body}`, length === body.length ? 'latin1' : 'utf8');
  };
  const onAnswer = (connection: Connection<Exchange>, answer: RawAnswer): void => {
    const exchange = leave(connection);
    if (connection.isUsable && connection.freeSince - connection.openedAt < maxAgeMs) free.push(connection);
    else connection.destroy();
    next();
    if (!exchange) return;
    settle(exchange);
    exchange.resolve(answer);
  };
  const onGone = (connection: Connection<Exchange>, reason: LostConnection, isUnsent: boolean): void => {
    const exchange = leave(connection);
    remove(opened, connection);
    remove(free, connection);
    if (exchange) {
      exchange.connection = undefined;
      if (isUnsent) place(exchange);
      else if (reason.mayRepeat && exchange.request.isRepeatable && !exchange.wasRepeated) {
        exchange.wasRepeated = true;
        place(exchange);
      } else fail(exchange, reason);
    }
    next();
  };
  const open = (): Connection<Exchange> => {
    const connection = openConnection<Exchange>(options, bodyLimit, { onAnswer, onGone });
    opened.push(connection);
    return connection;
  };
  /** One that can be used now. Those that were closed stand among the free ones until the end of the turn. */
  const take = (): Connection<Exchange> | undefined => {
    for (let last = free.pop(); last; last = free.pop()) if (last.isUsable) return last;
    return opened.length < connections ? open() : undefined;
  };
  /** Gives it a connection, or a place in the queue. */
  const place = (exchange: Exchange): void => {
    const connection = take();
    if (connection) start(exchange, connection);
    else waiting.add(exchange);
  };
  const next = (): void => {
    for (const exchange of waiting) {
      const connection = take();
      if (!connection) return;
      waiting.delete(exchange);
      start(exchange, connection);
    }
  };

  const sweep = (): void => {
    const now = performance.now();
    for (const { work } of opened) {
      if (work && work.deadline <= now) fail(work, new RequestTimeout(timeoutMs));
    }
    // In the order in which they came: the first that has time ends the search.
    for (const exchange of waiting) {
      if (exchange.deadline > now) break;
      fail(exchange, new RequestTimeout(timeoutMs));
    }
    while (free[0] && now - free[0].freeSince > idleMs) free.shift()?.destroy();
    if (opened.length === 0 && waiting.size === 0) stopSweeping();
  };
  let sweeping: NodeJS.Timeout | undefined;
  const stopSweeping = (): void => {
    clearInterval(sweeping);
    sweeping = undefined;
  };

  return {
    send(request) {
      const { signal } = request;
      if (closing) return Promise.reject(new LostConnection('the gateway closes its connections', false));
      if (signal?.aborted) return Promise.reject(new LostConnection('nobody waits for the answer', false));
      sweeping ??= setInterval(sweep, Math.min(Math.max(timeoutMs / 10, 10), 500)).unref();
      return new Promise((resolve, reject) => {
        const exchange: Exchange = {
          request,
          deadline: performance.now() + timeoutMs,
          resolve,
          reject,
          onAbort: signal && (() => fail(exchange, new LostConnection('nobody waits for the answer', false))),
          connection: undefined,
          wasRepeated: false,
        };
        if (exchange.onAbort) signal?.addEventListener('abort', exchange.onAbort, { once: true });
        place(exchange);
      });
    },
    async close(graceMs) {
      closing = true;
      for (const connection of free.splice(0)) connection.destroy();
      if (running > 0 || waiting.size > 0) {
        const emptied = new Promise<void>((resolve) => (whenEmpty = resolve));
        const cut = setTimeout(() => {
          const reason = new LostConnection('the gateway closes its connections', false);
          for (const exchange of [...opened.flatMap(({ work }) => work ?? []), ...waiting])
            fail(exchange, reason);
        }, graceMs);
        await emptied;
        clearTimeout(cut);
      }
      for (const connection of free.splice(0)) connection.destroy();
      stopSweeping();
    },
  };
}

function remove<Item>(list: Item[], item: Item): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}
