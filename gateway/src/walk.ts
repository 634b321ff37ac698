import type { HttpRoute } from '@souk/kit/subgraph';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { isTracing } from '@souk/kit/telemetry';
import type { Caching } from './caching/caching.js';
import type { Engine } from './engine/engine.js';
import type { GatewayOptions } from './gateway-options.js';
import type { Identify } from './identity/identify.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';
import type { RunOperation } from './operation/operation-call.js';
import type { GatewayPlugin } from './plugin.js';
import { authorization } from './plugins/authorization/authorization.js';
import { accessLog } from './plugins/access-log/access-log.js';
import { compression } from './plugins/compression/compression.js';
import { clientApp } from './plugins/client-app/client-app.js';
import { cors } from './plugins/cors/cors.js';
import { cost } from './plugins/cost/cost.js';
import { csrf } from './plugins/csrf/csrf.js';
import { deadline } from './plugins/deadline/deadline.js';
import { documents } from './plugins/documents/documents.js';
import { graphqlHttp } from './plugins/graphql-http/graphql-http.js';
import { headers } from './plugins/headers/headers.js';
import { hasRules } from './plugins/headers/headers-options.js';
import { health } from './plugins/health/health.js';
import { idempotency } from './plugins/idempotency/idempotency.js';
import { identity } from './plugins/identity/identity.js';
import { introspection } from './plugins/introspection/introspection.js';
import { limits } from './plugins/limits/limits.js';
import { limitsOf } from './plugins/limits/limits-options.js';
import { metrics } from './plugins/metrics/metrics.js';
import { persistedOperations } from './plugins/persisted-operations/persisted-operations.js';
import { playground } from './plugins/playground/playground.js';
import { rateLimit } from './plugins/rate-limit/rate-limit.js';
import { resilience } from './plugins/resilience/resilience.js';
import { responseCache } from './plugins/response-cache/response-cache.js';
import { securityHeaders } from './plugins/security-headers/security-headers.js';
import { subgraphRoutes } from './plugins/subgraph-routes/subgraph-routes.js';
import { tracing } from './plugins/tracing/tracing.js';
import { transportRules } from './plugins/transport-rules/transport-rules.js';
import type { EventAnswers } from './sse/answer-events.js';
import { variables } from './plugins/variables/variables.js';

export const GRAPHQL_PATH = '/graphql';

export interface WalkDeps {
  readonly options: GatewayOptions;
  readonly engine: () => Engine;
  readonly run: RunOperation;
  readonly kv: Kv;
  /** What answers are kept; undefined if none. */
  readonly caching: Caching | undefined;
  readonly events: EventAnswers;
  readonly identify: Identify;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
  readonly routes: readonly HttpRoute[];
  readonly clientDir?: string | undefined;
  readonly playgroundDir?: string | undefined;
  readonly bodyLimit: number;
}

/**
 * The way of every request through the gateway, top to bottom. HTTP exchanges take the steps that have an `http`
 * part; operations, by HTTP or WebSocket, take those that have an `operation` part and end in plan-and-execute.ts;
 * what the plan asks of a subgraph passes those that have a `transport` part. A feature that is off is not in the list.
 */
export function createWalk(deps: WalkDeps): readonly GatewayPlugin[] {
  const {
    options,
    engine,
    run,
    events,
    caching,
    identify,
    logger,
    isStopping,
    routes,
    clientDir,
    playgroundDir,
    bodyLimit,
  } = deps;
  return [
    ...(isTracing() ? [tracing()] : []),
    accessLog({ logger }),
    metrics({ metrics: deps.metrics, routes: routesOf(deps) }),
    securityHeaders(options.securityHeaders ?? {}),
    cors(options.cors ?? {}),
    health({ engine, isStopping }),
    ...(routes.length === 0 ? [] : [subgraphRoutes({ routes })]),
    ...(playgroundDir === undefined ? [] : [playground({ dir: playgroundDir })]),
    csrf({ path: GRAPHQL_PATH }),
    ...(options.compression === false
      ? []
      : [compression(options.compression ?? {}, { path: GRAPHQL_PATH })]),
    graphqlHttp({
      path: GRAPHQL_PATH,
      bodyLimit,
      engine,
      run,
      events,
      logger,
      maxBatch: options.batching ? (options.batching.maxOperations ?? 10) : 0,
      ...(playgroundDir === undefined ? {} : { playgroundPath: '/playground/' }),
    }),
    ...(options.persistedOperations === false
      ? []
      : [
          persistedOperations(options.persistedOperations ?? {}, {
            kv: deps.kv,
            metrics: deps.metrics,
            logger,
          }),
        ]),
    documents(),
    introspection(options.introspection ?? {}),
    ...(options.limits === false ? [] : [limits(options.limits ?? {})]),
    variables({ maxErrors: limitsOf(options.limits).maxErrors }),
    transportRules(),
    ...(options.deadline === false ? [] : [deadline(options.deadline ?? {})]),
    identity({ identify }),
    ...(options.headers && hasRules(options.headers) ? [headers(options.headers)] : []),
    ...(options.cost === false ? [] : [cost(options.cost ?? {}, { metrics: deps.metrics })]),
    ...(options.rateLimit === false
      ? []
      : [rateLimit(options.rateLimit ?? {}, { kv: deps.kv, metrics: deps.metrics, logger })]),
    authorization(options.authorization ?? {}, { metrics: deps.metrics, logger }),
    ...(options.idempotency === false
      ? []
      : [idempotency(options.idempotency ?? {}, { kv: deps.kv, metrics: deps.metrics, logger })]),
    ...(caching ? [responseCache({ caching })] : []),
    ...(options.resilience === false
      ? []
      : [resilience(options.resilience ?? {}, { metrics: deps.metrics })]),
    clientApp(clientDir === undefined ? {} : { dir: clientDir }),
  ];
}

/** The paths that something is at, for the metrics. */
const routesOf = ({ routes, playgroundDir }: WalkDeps): readonly string[] => [
  GRAPHQL_PATH,
  '/health',
  '/ready',
  ...(playgroundDir === undefined ? [] : ['/playground/']),
  ...routes.map(({ path }) => path),
];
