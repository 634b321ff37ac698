import { type Exchange, type ExecutionResult, subscriptionExchange } from '@urql/vue';
import type { Client as Socket } from 'graphql-ws';

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
            // graphql-ws writes absent members as undefined, which exact optional types tell apart.
            stop = open.subscribe(
              { ...request, query: request.query ?? '' },
              {
                ...sink,
                next: ({ data = null, ...rest }) => sink.next({ ...rest, data } as ExecutionResult),
              },
            );
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
