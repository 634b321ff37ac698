import type { AuthorizationOptions } from './plugins/authorization/authorization-options.js';
import type { DeadlineOptions } from './plugins/deadline/deadline.js';
import type { IdentityOptions } from './identity/identity-options.js';
import type { ResilienceOptions } from './plugins/resilience/resilience.js';
import type { IntrospectionOptions } from './plugins/introspection/introspection.js';
import type { LimitsOptions } from './plugins/limits/limits-options.js';
import type { BatchingOptions } from './plugins/graphql-http/answer-batch.js';
import type { PersistedOperationsOptions } from './plugins/persisted-operations/persisted-operations-options.js';
import type { CostOptions } from './plugins/cost/cost.js';
import type { RateLimitOptions } from './plugins/rate-limit/rate-limit-options.js';
import type { IdempotencyOptions } from './plugins/idempotency/idempotency.js';
import type { CachingOptions } from './caching/caching-options.js';
import type { OverrideOptions } from './planning/overrides/override-options.js';
import type { PlanningLimits } from './planning/thread/plan-queue.js';
import type { SecurityHeadersOptions } from './plugins/security-headers/security-headers.js';
import type { HttpTransportOptions } from './transport/http.js';
import type { ReplicaOptions } from './transport/replicas/replicated-transport.js';
import type { HeadersOptions } from './plugins/headers/headers-options.js';
import type { ErrorsOptions } from './execution/shown-errors.js';
import type { CompressionOptions } from './plugins/compression/compression.js';
import type { CorsOptions } from './plugins/cors/cors.js';

/** The HTTP server itself. */
export interface ServerOptions {
  /** Largest request body and WebSocket message, in bytes. @default 1048576 */
  readonly bodyLimit?: number;
  /** Proxies in front that append to `x-forwarded-for`; 0 ignores the header. @default 0 */
  readonly trustedProxies?: number;
  /** How long requests in flight may take to finish on stop, in milliseconds. @default 3000 */
  readonly drainMs?: number;
  /**
   * How long it still takes requests after it was told to stop, in milliseconds, while `/ready` answers 503 and every
   * answer closes its connection: until all load balancers have heard. The shop's Kubernetes chart waits before it
   * tells (`preStop`); where nothing does, set this to a few seconds.
   * @default 0
   */
  readonly stopDelayMs?: number;
  /** How long the headers of a request may take, in milliseconds. @default 10000 */
  readonly headersTimeoutMs?: number;
  /** How long a request may take to arrive with its body, in milliseconds. @default 20000 */
  readonly requestTimeoutMs?: number;
  /**
   * Reads POST requests to `/graphql` that arrive whole and are of the plainest form by itself, which costs less than
   * Node's HTTP does; that has all others. False gives it these, too.
   * @default true
   */
  readonly plainRequests?: boolean;
}

/** GraphQL over WebSocket. */
export interface SocketOptions {
  /** How long a client may take to send `connection_init`, in milliseconds; at most 10000. @default 10000 */
  readonly initTimeoutMs?: number;
  /** Operations, subscriptions included, that one socket may run at once. @default 100 */
  readonly maxOperations?: number;
}

/** What requests may share that come at the same time. */
export interface SharingOptions {
  /**
   * Runs equal queries of the same viewer, cart and address once while they are under way, and until their answer has
   * been sent to all. A mutation in this process ends that: what comes after its answer is asked anew.
   * @default false
   */
  readonly inFlight?: boolean;
}

/**
 * Query plans: they take milliseconds to make, so they are made in a thread of their own, kept, and made before they
 * are needed.
 */
export interface PlanningOptions extends PlanningLimits {
  /** Folder in which plans outlive the process, one file for each supergraph. @default none: memory only */
  readonly folder?: string;
  /**
   * Keeps plans in Redis (REDIS_URL) instead, where one replica makes them for all: at most 16,000 of one supergraph,
   * each for seven days.
   * @default false
   */
  readonly shared?: boolean;
  /** Manifest of the client's operations, which are planned at each start and reload. @default none */
  readonly manifest?: string;
  /** Most plans in memory, and in each file. @default 1000 */
  readonly limit?: number;
}

/** One subgraph over HTTP: where its replicas are, and how patient to be with them. */
export interface SubgraphOptions
  extends
    ReplicaOptions,
    Pick<HttpTransportOptions, 'timeoutMs' | 'connections' | 'answerLimit' | 'keepAliveMs' | 'readyPath'> {}

/**
 * Everything that can be chosen about a gateway: plain data, one section a feature, in the order of the walk. A
 * section that is left out takes its defaults.
 */
export interface GatewayOptions {
  /** The HTTP server. Counts from the next start. */
  readonly server?: ServerOptions;
  /** GraphQL over WebSocket. Counts from the next start. */
  readonly sockets?: SocketOptions;
  /** What browsers may do with answers and pages. */
  readonly securityHeaders?: SecurityHeadersOptions;
  /** Whose pages may call the gateway, by HTTP and WebSocket. */
  readonly cors?: CorsOptions;
  /** `false` sends every answer as it is: where a proxy in front compresses. */
  readonly compression?: CompressionOptions | false;
  /**
   * Takes arrays of operations over HTTP. Limits hold for each operation, and each is charged for.
   * @default false
   */
  readonly batching?: BatchingOptions | false;
  /** `false` switches the whole feature off: every request must bring its query. */
  readonly persistedOperations?: PersistedOperationsOptions | false;
  /** `false` refuses questions about the schema; `__typename` stays. */
  readonly introspection?: IntrospectionOptions | false;
  /** `false` lifts all limits; the parser's own on nesting stays. */
  readonly limits?: LimitsOptions | false;
  /** `false` lets operations take as long as their fetches may, one after the other. */
  readonly deadline?: DeadlineOptions | false;
  /** Whose tokens count, and how they are read. */
  readonly identity?: IdentityOptions;
  /** Headers that pass through to and from subgraphs. Left out: none. */
  readonly headers?: HeadersOptions;
  /** `false` switches the whole feature off: then rate limits count operations, not their cost. */
  readonly cost?: CostOptions | false;
  /** `false` switches the whole feature off. */
  readonly rateLimit?: RateLimitOptions | false;
  /** Fields that not everybody may see. */
  readonly authorization?: AuthorizationOptions;
  /** `false` ignores idempotency keys. */
  readonly idempotency?: IdempotencyOptions | false;
  /** `false` switches the whole feature off. Counts from the next start. */
  readonly caching?: CachingOptions | false;
  /** How query plans are made and kept. Counts from the next start. */
  readonly planning?: PlanningOptions;
  /** Which fields under `@override(label:)` have moved, for whom. */
  readonly overrides?: OverrideOptions;
  /** What requests share. Counts from the next start. */
  readonly sharing?: SharingOptions;
  /** `false` switches the whole feature off. */
  readonly resilience?: ResilienceOptions | false;
  /** By the subgraph's name. Counts from the next start. @default {}: one URL each, time limits from the environment */
  readonly subgraphs?: Readonly<Record<string, SubgraphOptions>>;
  /** Which errors of subgraphs clients may read as they are. */
  readonly errors?: ErrorsOptions;
}
