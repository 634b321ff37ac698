import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Subscriber, SubscriberOptions } from './subscriber.js';

/** Pause before a connection that broke is opened again, in milliseconds. */
const AGAIN_MS = 250;
/** How often a connection is asked whether it is alive, and how long it may take to say so, in milliseconds. */
const PING_MS = 2_000;
const SILENCE_MS = 4_000;

/** All subscriptions over one WebSocket. A connection that breaks is opened again, with what was subscribed to. */
export function overWebSocket({ url, identity }: SubscriberOptions): Subscriber {
  let socket: WebSocket | undefined;
  let silence: NodeJS.Timeout | undefined;
  const listen = (): void => {
    clearTimeout(silence);
    silence = undefined;
  };
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
      pong: listen,
      closed: listen,
    },
  });
  return {
    way: 'WebSocket',
    async *subscribe<Data extends object>(query: string, variables: Readonly<Record<string, unknown>>) {
      for await (const { data } of client.iterate<Data>({ query, variables })) if (data) yield data;
    },
    async close() {
      listen();
      await client.dispose();
      socket?.terminate();
    },
  };
}
