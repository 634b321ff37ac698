import type { OperationRequest, RequestContext } from '@souk/kit/subgraph';
import type { ExecutionResult } from 'graphql';

/**
 * How the gateway reaches one subgraph. Two implementations exist: {@link inProcessTransport} calls the subgraph's
 * functions, {@link httpTransport} goes over the network; nothing above this interface can tell them apart.
 */
export interface SubgraphTransport {
  /** The subgraph's name, as in the supergraph. */
  readonly name: string;
  /**
   * Runs one query or mutation.
   * @throws AppError UNAVAILABLE or TIMEOUT when the subgraph could not be asked. Errors it answered are in the result.
   */
  execute(request: OperationRequest): Promise<ExecutionResult>;
  /**
   * The same for a request that is JSON text already. Only transports that send text have it.
   * @throws AppError as `execute` does
   */
  readonly executeJson?: (request: JsonRequest) => Promise<ExecutionResult>;
  /**
   * Opens a stream of events, or answers one result with errors if the subgraph refuses. The stream's `return()`
   * and the request's `signal` both end it upstream at once.
   * @throws AppError UNAVAILABLE when the subgraph cannot be reached; the stream throws it when the link breaks.
   */
  subscribe(request: OperationRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** @throws with the reason while the subgraph cannot answer. */
  checkReady(): Promise<void>;
  /**
   * Lets requests in flight finish for a while, then frees connections. Safe to call twice.
   * @param graceMs what still runs after it is cut, in milliseconds
   */
  close(graceMs: number): Promise<void>;
}

/** A GraphQL request as the text that goes over the wire. */
export interface JsonRequest {
  /** `{"query":...,"variables":{...}}` */
  readonly body: string;
  readonly context: RequestContext;
  readonly signal?: AbortSignal;
}

/** A subgraph as the supergraph describes it. */
export interface SubgraphAddress {
  readonly name: string;
  /** Where it answers GraphQL over HTTP. Meaningless in process. */
  readonly url: string;
}

/** Finds the transport for a subgraph: a fixed map, or a factory asked once for each new name and URL. */
export type TransportSource =
  ReadonlyMap<string, SubgraphTransport> | ((subgraph: SubgraphAddress) => SubgraphTransport);
