import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Diary } from '../facts/told.js';
import { ORDER_UPDATED, type OrderUpdated } from './documents.js';

/** Somebody with open order pages. */
export interface Watcher {
  /** Opens the page of an order, once. It stays open, over any number of connections. */
  watch(orderId: string, accessToken: string | null): void;
  close(): Promise<void>;
}

/** Pause before a page that broke is opened again, in milliseconds. */
const AGAIN_MS = 250;
/** How often a connection is asked whether it is alive, and how long it may take to say so, in milliseconds. */
const PING_MS = 2_000;
const SILENCE_MS = 4_000;

/**
 * Subscribes to orders over one WebSocket, and writes every state that is pushed into the diary. Broken connections and
 * failed subscriptions are opened again until `close`.
 *
 * @param options.url of the gateway
 */
export function createWatcher(options: {
  readonly url: string;
  readonly who: string;
  readonly identity: Readonly<Record<string, string>>;
  readonly diary: Diary;
}): Watcher {
  const { url, who, identity, diary } = options;
  let socket: WebSocket | undefined;
  let silence: NodeJS.Timeout | undefined;
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: identity,
    retryAttempts: Number.MAX_SAFE_INTEGER,
    retryWait: () => delay(AGAIN_MS),
    shouldRetry: () => true,
    keepAlive: PING_MS,
    on: {
      // What graphql-ws opens is made by the implementation above.
      opened: (opened) => (socket = opened as WebSocket),
      // A frozen gateway keeps its sockets: only silence tells.
      ping: (received) => {
        if (!received) silence ??= setTimeout(() => socket?.terminate(), SILENCE_MS);
      },
      pong: () => listen(),
      closed: () => listen(),
    },
  });
  const listen = (): void => {
    clearTimeout(silence);
    silence = undefined;
  };

  const watched = new Set<string>();
  let closed = false;
  const follow = async (orderId: string, token: string | null): Promise<void> => {
    while (!closed) {
      try {
        const variables = { id: orderId, token };
        for await (const { data } of client.iterate<OrderUpdated>({ query: ORDER_UPDATED, variables })) {
          const order = data?.orderUpdated;
          if (order)
            diary.note(who, { kind: 'pushed', orderId, status: order.status, version: order.version });
        }
      } catch {
        // As on any page that breaks: it is opened again.
      }
      if (!closed) await delay(AGAIN_MS);
    }
  };
  return {
    watch(orderId, accessToken) {
      if (watched.has(orderId)) return;
      watched.add(orderId);
      void follow(orderId, accessToken);
    },
    async close() {
      closed = true;
      listen();
      await client.dispose();
      socket?.terminate();
    },
  };
}
