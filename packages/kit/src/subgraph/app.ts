import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { EventLog } from '../events/event-log.js';
import type { CancelSignal } from '../lifecycle/cancellation.js';
import type { OperationRequest } from './request.js';

/**
 * A plain HTTP route that a subgraph serves beside GraphQL (`/.well-known/jwks.json`, `/img/...`). The gateway
 * passes requests under `path` through, in process or over HTTP.
 */
export interface HttpRoute {
  /** A prefix that ends with `/`, or an exact path. */
  readonly path: string;
  /** What it throws is answered: an AppError with its message and status, anything else as INTERNAL. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
}

/**
 * A subgraph as the rest of Souk sees it: it executes operations, publishes events, and has a life cycle. It
 * knows no port and reads no environment. The in-process gateway calls it directly; `kit/server` puts it on HTTP.
 */
export interface SubgraphApp {
  readonly name: string;
  /** The federation SDL that composition reads. */
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  readonly routes: readonly HttpRoute[];
  /** What this subgraph publishes; undefined for one that publishes nothing. */
  readonly events: EventLog | undefined;
  execute(request: OperationRequest): Promise<ExecutionResult>;
  /** A stream of results, or one result with errors if the operation cannot be subscribed to. */
  subscribe(request: OperationRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /**
   * The context a resolver gets; `kit/server` needs it to run Apollo Server over the same schema.
   * @param signal no resolver begins after it
   */
  createContext(request: OperationRequest['context'], signal?: CancelSignal): object;
  /** Starts what runs in the background: relay and consumers. */
  start(): Promise<void>;
  /** @throws with the reason while the subgraph cannot answer (for example: its database is away). */
  checkReady(): Promise<void>;
  /** Stops consumers and the relay, then closes connections. Safe to call twice. */
  stop(): Promise<void>;
}
