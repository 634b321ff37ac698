import type { ExecutionResult } from 'graphql';
import type { JsonRequest, SubgraphRequest, SubgraphTransport } from './subgraph-transport.js';

/** Either form of a request: both carry what decisions need. */
export type FetchRequest = SubgraphRequest | JsonRequest;

/** Asks a subgraph. @throws AppError UNAVAILABLE or TIMEOUT when it could not be asked */
export type Fetch<Request extends FetchRequest> = (request: Request) => Promise<ExecutionResult>;

/** Adds something around one way of asking. Called once for each way, not for each request. */
export type Around = <Request extends FetchRequest>(ask: Fetch<Request>) => Fetch<Request>;

/** The same transport with something around both of its ways of asking. Subscriptions pass untouched. */
export function aroundFetches(transport: SubgraphTransport, around: Around): SubgraphTransport {
  const { executeJson } = transport;
  return {
    ...transport,
    execute: around((request: SubgraphRequest) => transport.execute(request)),
    ...(executeJson ? { executeJson: around(executeJson) } : {}),
  };
}
