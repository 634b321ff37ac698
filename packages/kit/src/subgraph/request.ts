import type { DocumentNode } from 'graphql';
import type { Viewer } from '../auth/viewer.js';
import type { CancelSignal } from '../lifecycle/cancellation.js';

/** Everything a subgraph learns about the request besides the operation: typed in process, signed over HTTP. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** One id for the whole federated request; in every log line and in every error reply. */
  readonly requestId: string;
  /** The guest's proof that a cart is theirs, as the client sent it in `x-cart-token`. */
  readonly cartToken?: string;
  /** The client's network address, for throttles. */
  readonly clientAddress?: string;
}

/** One operation for one subgraph. */
export interface OperationRequest {
  readonly query: string | DocumentNode;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** Aborted when the client went away or the deadline passed. */
  readonly signal?: CancelSignal;
}
