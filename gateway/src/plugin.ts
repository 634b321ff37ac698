import type { HttpStep } from './http/exchange.js';
import type { OperationStep } from './operation/operation-call.js';
import type { SubgraphTransport } from './transport/subgraph-transport.js';

/**
 * One feature of the gateway. Steps wrap what comes after them, so one place can act on the way in and on the way
 * out. The order is that of the array in walk.ts and nowhere else.
 */
export interface GatewayPlugin {
  readonly name: string;
  /** A step of every HTTP exchange. @default passes on */
  readonly http?: HttpStep;
  /** A step of every GraphQL operation, by HTTP or WebSocket. @default passes on */
  readonly operation?: OperationStep;
  /** Wraps the way to each subgraph, in the order of the walk: the first one is outermost. @default passes on */
  readonly transport?: TransportWrapper;
  /** Frees what the plugin holds, once the last request has ended. @default nothing to free */
  stop?(): Promise<void>;
}

/** The same transport with something added around its fetches. Made once for each subgraph, not for each request. */
export type TransportWrapper = (inner: SubgraphTransport) => SubgraphTransport;

/** One wrapper out of many, the first outermost. */
export const wrapTransport =
  (wrappers: readonly TransportWrapper[]): TransportWrapper =>
  (transport) =>
    wrappers.reduceRight((inner, wrap) => wrap(inner), transport);

/**
 * Nests steps into one function, first step outermost.
 *
 * @example const run = nest(plugins.flatMap((plugin) => plugin.operation ?? []), planAndExecute);
 */
export function nest<Subject, Outcome>(
  steps: readonly ((subject: Subject, next: () => Promise<Outcome>) => Promise<Outcome> | Outcome)[],
  last: (subject: Subject) => Promise<Outcome>,
): (subject: Subject) => Promise<Outcome> {
  return steps.reduceRight<(subject: Subject) => Promise<Outcome>>(
    (next, step) => (subject) => {
      try {
        const outcome = step(subject, () => next(subject));
        return outcome instanceof Promise ? outcome : Promise.resolve(outcome);
      } catch (error) {
        // A step that is not async may still throw: whoever waits hears of it in one way.
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    },
    last,
  );
}
