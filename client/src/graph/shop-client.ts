import { Client, fetchExchange } from '@urql/vue';
import { type ShallowRef, shallowRef } from 'vue';
import type { Client as Socket } from 'graphql-ws';
import { identityExchange } from './auth.js';
import { byHash } from './by-hash.js';
import { graphCache } from './cache.js';
import { CLIENT_NAME } from './client-name.js';
import { liveExchange } from './live.js';

let socket: Socket | undefined;

async function openSocket(): Promise<Socket> {
  const { createLiveSocket } = await import('./live-socket.js');
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  socket ??= createLiveSocket(url.href);
  return socket;
}

function createShopClient(): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { headers: CLIENT_NAME },
    exchanges: [graphCache(), identityExchange(), byHash(), fetchExchange, liveExchange(openSocket)],
  });
}

let current: ShallowRef<Client> | undefined;

/** The one client of the page. Needs Pinia to be there. */
export function shopClient(): ShallowRef<Client> {
  current ??= shallowRef(createShopClient());
  return current;
}

/** Another person now uses the page: nothing the first one saw may stay, and live data is asked for anew. */
export function forgetEverything(): void {
  if (current) current.value = createShopClient();
  socket?.terminate();
}
