import type { CancelSignal } from '@souk/kit/lifecycle';
import type { OperationRequest, RequestContext } from '@souk/kit/subgraph';
import type { ExecutionResult } from 'graphql';
import type { OperationCall } from '../operation/operation-call.js';
import type { HeaderEntries, HeaderLines } from './header-lines.js';

/**
 * How the gateway reaches one subgraph. Two implementations exist: {@link inProcessTransport} calls the subgraph's
 * functions, {@link httpTransport} goes over the network; nothing above this interface can tell them apart.
 */
export interface SubgraphTransport {
  /** The subgraph's name, as in the supergraph. */
  readonly name: string;
  /** Where it is asked, for traces. @default undefined: in this process */
  readonly url?: string;
  /**
   * Runs one query or mutation.
   * @throws AppError UNAVAILABLE or TIMEOUT when the subgraph could not be asked. Errors it answered are in the result.
   */
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
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
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** @throws with the reason while the subgraph cannot answer. */
  checkReady(): Promise<void>;
  /**
   * Lets requests in flight finish for a while, then frees connections. Safe to call twice.
   * @param graceMs what still runs after it is cut, in milliseconds
   */
  close(graceMs: number): Promise<void>;
}

/** A transport that sends text. */
export interface TextTransport extends SubgraphTransport {
  readonly executeJson: (request: JsonRequest) => Promise<ExecutionResult>;
}

/**
 * What is known about a fetch when its operation is compiled: one object for each fetch of a plan, shared by all
 * who run it.
 */
export interface FetchDescription {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** The name the planner gave it. */
  readonly operationName: string | undefined;
  /** True for a question about entities (`_entities`), false for root fields. */
  readonly isEntityFetch: boolean;
  /** Where its answer goes: response keys, and `@` for "each item". */
  readonly path: readonly string[];
}

/** On whose behalf a subgraph is asked. */
export interface FetchOrigin {
  /** @default undefined: not part of a plan */
  readonly fetch?: FetchDescription;
  /** The client's operation. @default undefined: nobody in particular asks */
  readonly call?: OperationCall;
  /** The gateway's own headers for the subgraph, where it is reached by HTTP. @default [] */
  readonly headers?: HeaderEntries;
  /** Set by the `headers` plugin: what is sent on of the client's headers, where it is reached by HTTP. @default nothing */
  forwarded?: HeaderLines;
  /**
   * Set by the `headers` plugin: told the status line and headers of an answer to a call that came by HTTP.
   * @default nobody wants to know
   */
  onHead?: (head: string, call: OperationCall) => void;
}

export interface SubgraphRequest extends OperationRequest, FetchOrigin {}

/** A GraphQL request as the text that goes over the wire. */
export interface JsonRequest extends FetchOrigin {
  /** `{"query":...,"variables":{...}}` */
  readonly body: string;
  readonly context: RequestContext;
  readonly signal?: CancelSignal;
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
