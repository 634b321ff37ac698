import { type Client, createClient } from 'graphql-ws';
import { useCartStore } from '@/cart/cart-store.js';
import { refreshSession } from '@/session/refresh-session.js';
import { useSessionStore } from '@/session/session-store.js';
import { CLIENT_NAME } from './client-name.js';
import { useConnectionStore } from './connection-store.js';
import { identityHeaders } from './identity-headers.js';

/** The gateway closes with this when the access token has expired. */
const FORBIDDEN = 4403;
/** In milliseconds. */
const [FIRST_WAIT, LONGEST_WAIT, PING_EVERY, PONG_WITHIN] = [500, 15_000, 12_000, 6_000];

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
        connection.state = isRetry ? 'lost' : 'connecting';
      },
      connected: () => {
        connection.state = 'live';
      },
      closed: (event) => {
        clearTimeout(pong);
        const code = (event as CloseEvent).code; // graphql-ws types it unknown because Node's sockets differ
        if (code === FORBIDDEN) session.expire();
        connection.state = code === 1000 ? 'idle' : 'lost';
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
  addEventListener('online', () => connection.state === 'lost' && client.terminate());
  return client;
}

/**
 * Doubles from half a second to fifteen, give or take a quarter so that clients of a restarted server do not
 * come back all at once.
 *
 * @param chance 0 to 1
 * @returns milliseconds
 */
export function backoff(retries: number, chance: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** retries) * (0.75 + chance / 2);
}
