import type { HttpStep } from './http/exchange.js';
import type { OperationStep } from './operation/operation-call.js';
import type { LoadedSupergraph } from './supergraph/load.js';
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
  /** Told of each supergraph that is taken into use. @default does not care */
  load?(supergraph: LoadedSupergraph): void;
  /** Frees what the plugin holds, once the last request has ended. @default nothing to free */
  stop?(): Promise<void>;
}

/** The same transport with something added around its fetches. Made once for each subgraph, not for each request. */
export type TransportWrapper = (inner: SubgraphTransport) => SubgraphTransport;

/** Something that is there already, or a promise of it. */
export type MaybeLater<Value> = Value | Promise<Value>;

/** One wrapper out of many, the first outermost. */
export const wrapTransport =
  (wrappers: readonly TransportWrapper[]): TransportWrapper =>
  (transport) =>
    wrappers.reduceRight((inner, wrap) => wrap(inner), transport);

/**
 * Nests steps into one function, first step outermost. What a step answers is handed on as it is, a promise or not: a
 * step that only prepares something adds none of its own. Whoever runs the whole awaits it inside `try`, since a step
 * may throw at once as well.
 *
 * @example const run = nest(plugins.flatMap((plugin) => plugin.operation ?? []), planAndExecute);
 */
export function nest<Subject, Outcome>(
  steps: readonly ((subject: Subject, next: () => MaybeLater<Outcome>) => MaybeLater<Outcome>)[],
  last: (subject: Subject) => MaybeLater<Outcome>,
): (subject: Subject) => MaybeLater<Outcome> {
  return steps.reduceRight<(subject: Subject) => MaybeLater<Outcome>>(
    (next, step) => (subject) => step(subject, () => next(subject)),
    last,
  );
}
