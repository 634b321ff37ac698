import { AppError } from '@souk/kit/errors';
import type { CancelSignal } from '@souk/kit/lifecycle';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { createClient, MessageType } from 'graphql-ws';
import type WebSocket from 'ws';
import { socketsTo } from './sockets-to.js';

/** One subscription on a subgraph's WebSocket endpoint. */
export interface UpstreamSubscription {
  readonly name: string;
  readonly url: string;
  /** Network address to connect to. @default the URL's host is looked up */
  readonly address?: string;
  readonly payload: {
    readonly query: string;
    readonly operationName?: string;
    readonly variables?: Record<string, unknown>;
  };
  /** Sent in `connection_init`; carries the signed envelope. */
  readonly connectionParams: Record<string, unknown>;
  /** How long connecting, and then the acknowledgement, may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How often a link is tried, and how long it may take to answer that, in milliseconds. */
  readonly keepAliveMs: number;
  readonly signal?: CancelSignal;
}

/** Events that may wait for a reader who is slower than the subgraph; more are not read from its connection until then. */
const MOST_WAITING = 100;

/**
 * Opens one connection for one subscription: the envelope is signed for one viewer, so connections are not shared.
 * It is never retried here, since only the client knows what it missed: a broken link, or one that does not answer pings,
 * ends the stream with a retryable UNAVAILABLE. A reader who is slow slows the subgraph down: no memory is filled with
 * what waits.
 */
export function subscribeOverWebSocket(
  subscription: UpstreamSubscription,
): AsyncIterableIterator<ExecutionResult> {
  const { name, url, address, payload, connectionParams, timeoutMs, keepAliveMs, signal } = subscription;
  let socket: WebSocket | undefined;
  let dead: NodeJS.Timeout | undefined;
  let waiting = 0;
  let isAsked = false;
  /** Gives the link the time to answer a ping that it has while it is read: what is paused hears no answer. */
  const watch = (): void => {
    clearTimeout(dead);
    // Not closed: that would wait for an answer, too.
    if (isAsked && !socket?.isPaused) dead = setTimeout(() => socket?.terminate(), keepAliveMs).unref();
  };
  const client = createClient({
    url,
    connectionParams,
    lazy: true,
    retryAttempts: 0,
    connectionAckWaitTimeout: timeoutMs,
    webSocketImpl: socketsTo({ address, handshakeTimeout: timeoutMs }),
    // A frozen subgraph keeps its connections: only a ping tells.
    keepAlive: keepAliveMs,
    on: {
      // It is one of the WebSockets below.
      connected: (opened) => (socket = opened as WebSocket),
      ping(wasReceived) {
        if (wasReceived) return;
        isAsked = true;
        watch();
      },
      pong(wasReceived) {
        if (!wasReceived) return;
        isAsked = false;
        watch();
      },
      message({ type }) {
        if (type !== MessageType.Next) return;
        waiting += 1;
        if (waiting < MOST_WAITING || socket?.isPaused) return;
        socket?.pause();
        watch();
      },
    },
    // Errors reach the reader of the stream; the default would also print them.
    onNonLazyError: () => {},
  });
  const stream = client.iterate(payload);
  let ended = false;
  const end = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    ended = true;
    clearTimeout(dead);
    signal?.removeEventListener('abort', onAbort);
    // A goodbye would be answered behind all that nobody reads.
    if (socket?.isPaused) socket.terminate();
    await stream.return?.(undefined);
    // A link that never came about needs no goodbye; and nobody may be there any more to hear that it failed.
    await Promise.resolve(client.dispose()).catch(() => {});
    return { done: true, value: undefined };
  };
  const onAbort = (): void => void end();
  signal?.addEventListener('abort', onAbort, { once: true });

  return {
    async next() {
      if (ended || signal?.aborted) return end();
      try {
        const step = await stream.next();
        waiting -= 1;
        if (waiting < MOST_WAITING / 2 && socket?.isPaused) {
          socket.resume();
          watch();
        }
        // graphql-ws' result differs from graphql-js' only in that errors may be plain objects.
        return step.done ? await end() : { done: false, value: step.value as ExecutionResult };
      } catch (cause) {
        await end();
        return failure(name, cause);
      }
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** An `error` message of the protocol is the subgraph's answer; everything else is a broken link. */
function failure(name: string, cause: unknown): IteratorResult<ExecutionResult, undefined> {
  if (
    Array.isArray(cause) &&
    cause.every((error) => error instanceof GraphQLError || 'message' in Object(error))
  ) {
    // Checked above: the protocol's list of formatted errors.
    return { done: false, value: { errors: cause as GraphQLError[] } };
  }
  throw new AppError('UNAVAILABLE', `The link to the ${name} subgraph broke. Subscribe again.`, { cause });
}
