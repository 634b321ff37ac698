import { type Exchange, subscriptionExchange } from '@urql/vue';
import type { Client as Socket } from 'graphql-ws';
import { useConnectionStore } from './connection-store.js';
import { keepSubscribed } from './keep-subscribed.js';

const breaks = {
  begin: () => void (useConnectionStore().broken += 1),
  end: () => void (useConnectionStore().broken -= 1),
};

/** Subscriptions over graphql-transport-ws. The protocol's code is loaded with the first of them. */
export function liveExchange(openSocket: () => Promise<Socket>): Exchange {
  let socket: Promise<Socket> | undefined;
  return subscriptionExchange({
    forwardSubscription: (request) => ({
      subscribe(sink) {
        let stop: (() => void) | undefined;
        let stopped = false;
        socket ??= openSocket();
        socket.then(
          (open) => {
            if (stopped) return;
            const payload = { ...request, query: request.query ?? '' };
            // graphql-ws writes absent members as undefined, which exact optional types tell apart.
            const next = ({ data = null, ...rest }) => sink.next({ ...rest, data });
            stop = keepSubscribed(open, payload, { ...sink, next }, breaks);
          },
          (error: unknown) => {
            socket = undefined;
            sink.error(error);
          },
        );
        return {
          unsubscribe() {
            stopped = true;
            stop?.();
          },
        };
      },
    }),
  });
}
