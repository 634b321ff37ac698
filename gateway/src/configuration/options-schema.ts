import { z } from 'zod';
import type {
  GatewayOptions,
  PlanningOptions,
  ServerOptions,
  SharingOptions,
  SocketOptions,
  SubgraphOptions,
} from '../gateway-options.js';
import type { OverrideOptions } from '../planning/overrides/override-options.js';
import type { AuthorizationOptions } from '../plugins/authorization/authorization-options.js';
import type { OpaOptions } from '../plugins/authorization/opa.js';
import type { CacheLevelOptions, CachingOptions } from '../caching/caching-options.js';
import type { HeadersOptions } from '../plugins/headers/headers-options.js';
import { headerName, requestRules, responseRules } from './header-rules-schema.js';
import type {
  AutomaticOptions,
  PersistedOperationsOptions,
} from '../plugins/persisted-operations/persisted-operations-options.js';
import type { ErrorsOptions } from '../execution/shown-errors.js';
import type { CompressionOptions } from '../plugins/compression/compression.js';
import type { CostOptions } from '../plugins/cost/cost.js';
import type { DeadlineOptions } from '../plugins/deadline/deadline.js';
import type { CorsOptions } from '../plugins/cors/cors.js';
import type { IdempotencyOptions } from '../plugins/idempotency/idempotency.js';
import type { BatchingOptions } from '../plugins/graphql-http/answer-batch.js';
import type { IntrospectionOptions } from '../plugins/introspection/introspection.js';
import type { LimitsOptions } from '../plugins/limits/limits-options.js';
import type { RateLimitOptions, RateLimitRule } from '../plugins/rate-limit/rate-limit-options.js';
import type { BreakerOptions } from '../plugins/resilience/circuit-breaker.js';
import type { ConcurrencyOptions } from '../plugins/resilience/concurrency-limit.js';
import type { ResilienceOptions, SubgraphResilience } from '../plugins/resilience/resilience.js';
import type { SecurityHeadersOptions } from '../plugins/security-headers/security-headers.js';
import type { RetryOptions } from '../plugins/resilience/retry.js';
import { identitySchema } from './identity-schema.js';
import { duration, ms, section, texts } from './section.js';

const count = z.int().min(0).optional();
const headerNames = z.array(headerName).optional();

const shownErrors = z.union([z.enum(['coded', 'all', 'none']), z.array(z.string().min(1))]);

/** A section that `false` switches off. */
const off = (options: z.ZodType) => z.union([z.literal(false), options]).optional();

const aFunction = z.custom((value) => typeof value === 'function', 'must be a function');

const cacheLevel = off(section<CacheLevelOptions>({ maxBytes: count }));

const ratio = z.number().min(0).max(1).optional();
const resilienceParts = {
  concurrency: off(section<ConcurrencyOptions>({ limit: count, queue: count })),
  retry: off(section<RetryOptions>({ attempts: count, delayMs: ms, budget: ratio })),
  breaker: off(
    section<BreakerOptions>({ windowMs: ms, minimumRequests: count, failureRatio: ratio, openMs: ms }),
  ),
};
const subgraphResilience = section<SubgraphResilience>(resilienceParts);

const amount = z.number().min(0).optional();

const unknownPolicy = z.enum(['allow', 'log', 'reject']);

/** `Infinity` lifts a limit. */
const limit = z.union([z.int().min(1), z.literal(Infinity)]).optional();
const limitNumbers = {
  maxQueryBytes: limit,
  maxTokens: limit,
  maxOperations: limit,
  maxFragments: limit,
  maxDirectives: limit,
  maxDepth: limit,
  maxFields: limit,
  maxAliases: limit,
  maxRootFields: limit,
  maxRepeats: limit,
  maxNestedLists: limit,
  maxListSize: limit,
  maxVariableDepth: limit,
  maxVariableSize: limit,
  maxErrors: limit,
};

/** What may stand in `gateway.config.ts`. Types say the same to editors; this says it to whoever starts the gateway. */
export const optionsSchema = z.strictObject({
  server: section<ServerOptions>({
    bodyLimit: count,
    trustedProxies: count,
    drainMs: ms,
    stopDelayMs: ms,
    headersTimeoutMs: z.number().min(1).optional(),
    requestTimeoutMs: z.number().min(1).optional(),
    plainRequests: z.boolean().optional(),
  }).optional(),
  sockets: section<SocketOptions>({
    initTimeoutMs: z.number().min(1).max(10_000).optional(),
    maxOperations: limit,
  }).optional(),
  securityHeaders: section<SecurityHeadersOptions>({
    hstsSeconds: count,
    hstsSubdomains: z.boolean().optional(),
    embeddableBy: z.enum(['same-origin', 'same-site', 'cross-origin']).optional(),
  }).optional(),
  compression: off(
    section<CompressionOptions>({
      minBytes: count,
      encodings: z
        .array(z.enum(['br', 'gzip']))
        .min(1)
        .optional(),
    }),
  ),
  cors: section<CorsOptions>({
    origins: texts,
    credentials: z.boolean().optional(),
    allowHeaders: headerNames,
    exposeHeaders: headerNames,
    maxAgeSeconds: count,
  })
    .refine(({ origins, credentials }) => !(credentials && Array.isArray(origins) && origins.includes('*')), {
      path: ['credentials'],
      error: 'every page could act for its visitor: name the origins instead of "*"',
    })
    .optional(),
  batching: off(section<BatchingOptions>({ maxOperations: z.int().min(1).optional() })),
  sharing: section<SharingOptions>({ inFlight: z.boolean().optional() }).optional(),
  overrides: section<OverrideOptions>({
    labels: z.record(z.string(), z.union([z.boolean(), z.number().min(0).max(100)])).optional(),
  }).optional(),
  planning: section<PlanningOptions>({
    folder: z.string().min(1).optional(),
    shared: z.boolean().optional(),
    manifest: z.string().min(1).optional(),
    limit: z.int().min(1).optional(),
    timeoutMs: z.int().min(1).optional(),
    waitMs: z.int().min(1).optional(),
    queue: z.int().min(1).optional(),
    memoryMb: z.int().min(32).optional(),
  }).optional(),
  introspection: off(section<IntrospectionOptions>({ maxNestedLists: limit })),
  subgraphs: z
    .record(
      z.string(),
      section<SubgraphOptions>({
        urls: z
          .array(z.url({ protocol: /^https?$/ }))
          .min(1)
          .optional(),
        resolveMs: z.union([z.literal(false), z.number().min(100)]).optional(),
        checkMs: z.number().min(10).optional(),
        restMs: ms,
        timeoutMs: z.number().min(1).optional(),
        connections: z.int().min(1).optional(),
        answerLimit: z.int().min(1).optional(),
        keepAliveMs: z.number().min(1).optional(),
        readyPath: z.string().startsWith('/').optional(),
      }),
    )
    .optional(),
  persistedOperations: off(
    section<PersistedOperationsOptions>({
      manifests: texts,
      unknown: unknownPolicy.optional(),
      clients: z.record(z.string(), unknownPolicy).optional(),
      automatic: off(section<AutomaticOptions>({ maxSize: count, ttlMs: duration, timeoutMs: ms })),
    }),
  ),
  limits: off(section<LimitsOptions>(limitNumbers)),
  identity: identitySchema.optional(),
  headers: section<HeadersOptions>({ request: requestRules, response: responseRules }).optional(),
  deadline: off(section<DeadlineOptions>({ ms: z.number().min(1).optional() })),
  cost: off(
    section<CostOptions>({
      max: amount,
      defaultListSize: amount,
      mode: z.enum(['enforce', 'measure']).optional(),
      expose: z.enum(['never', 'asked', 'always']).optional(),
    }),
  ),
  authorization: section<AuthorizationOptions>({
    enforce: z.boolean().optional(),
    mode: z.enum(['filter', 'reject']).optional(),
    errorCode: z.enum(['UNAUTHORIZED_FIELD_OR_TYPE', 'reason']).optional(),
    policies: z.record(z.string().min(1), aFunction).optional(),
    opa: section<OpaOptions>({ url: z.url(), path: z.string().min(1).optional(), timeoutMs: ms }).optional(),
  }).optional(),
  errors: section<ErrorsOptions>({
    show: shownErrors.optional(),
    subgraphs: z.record(z.string(), shownErrors).optional(),
  }).optional(),
  idempotency: off(section<IdempotencyOptions>({ ttlMs: duration, waitMs: ms, leaseMs: duration })),
  caching: off(
    section<CachingOptions>({
      responses: cacheLevel,
      entities: cacheLevel,
      staleIfErrorMs: ms,
      readYourWritesMs: ms,
      afterMutationMs: ms,
      settleMs: ms,
    }),
  ),
  rateLimit: off(
    section<RateLimitOptions>({
      rules: z
        .array(
          section<RateLimitRule>({
            name: z.string().min(1).max(50).optional(),
            by: z.union([
              z.enum(['address', 'user', 'client']),
              z.templateLiteral(['claim:', z.string().min(1)]),
            ]),
            capacity: z.number().positive(),
            refillPerSecond: z.number().positive(),
          }),
        )
        .optional(),
      exempt: texts,
      whenUnavailable: z.enum(['allow', 'refuse']).optional(),
      timeoutMs: ms,
    }),
  ),
  resilience: off(
    section<ResilienceOptions>({
      ...resilienceParts,
      subgraphs: z.record(z.string(), subgraphResilience).optional(),
    }),
  ),
} satisfies Record<keyof GatewayOptions, z.ZodType>);
