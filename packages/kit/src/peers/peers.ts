import type { ExecutionResult } from 'graphql';

/** An operation for another subgraph's public graph, `_entities` included. */
export interface PeerOperation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The request on whose behalf it is asked, for the logs. @default a new id */
  readonly requestId?: string;
}

/**
 * How a subgraph asks another one: through the same federation boundary that the gateway uses, as a service.
 * Only for what an event cannot bring in time, such as today's price of a variant that was never sold before.
 */
export interface Peers {
  /** @throws AppError UNAVAILABLE if the peer cannot be reached or does not answer in time. */
  execute(subgraph: string, operation: PeerOperation): Promise<ExecutionResult>;
}
