import { type Client, createClient } from 'graphql-ws';
import { useCartStore } from '@/cart/cart-store.js';
import { refreshSession } from '@/session/refresh-session.js';
import { useSessionStore } from '@/session/session-store.js';
import { backoff } from './backoff.js';
import { CLIENT_NAME } from './client-name.js';
import { useConnectionStore } from './connection-store.js';
import { identityHeaders } from './identity-headers.js';

/** The gateway closes with this when the access token has expired. */
const FORBIDDEN = 4403;
/** In milliseconds. */
const [PING_EVERY, PONG_WITHIN] = [12_000, 6_000];

/**
 * The live connection: opened by the first subscription, closed after the last, and reopened for ever in between. An
 * order and a stock are told as they are first, so nothing of them is missed while it was away. The feed of all orders
 * only tells what changes: who reads that asks for the rest with `useWhenLive`.
 */
export function createLiveSocket(url: string): Client {
  const session = useSessionStore();
  const cart = useCartStore();
  const connection = useConnectionStore();
  let pong: ReturnType<typeof setTimeout> | undefined;

  const client = createClient({
    url,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, backoff(retries, Math.random()))),
    keepAlive: PING_EVERY,
    connectionParams: async () => {
      if (session.needsRefresh(Date.now())) await refreshSession();
      const identity = { accessToken: session.accessToken, cartToken: cart.token };
      return { ...CLIENT_NAME, ...identityHeaders(identity) };
    },
    on: {
      connecting: (isRetry) => {
        connection.socket = isRetry ? 'lost' : 'connecting';
      },
      connected: () => {
        connection.socket = 'live';
      },
      closed: (event) => {
        clearTimeout(pong);
        const code = (event as CloseEvent).code; // graphql-ws types it unknown because Node's sockets differ
        if (code === FORBIDDEN) session.expire();
        connection.socket = code === 1000 ? 'idle' : 'lost';
      },
      ping: (received) => {
        // A network that went away silently is noticed by the pong that does not come.
        if (!received) pong = setTimeout(() => client.terminate(), PONG_WITHIN);
      },
      pong: (received) => {
        if (received) clearTimeout(pong);
      },
    },
  });
  addEventListener('online', () => connection.socket === 'lost' && client.terminate());
  return client;
}
