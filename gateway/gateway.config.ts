import { defineConfig } from '@souk/gateway/config';

// The gateway's table of contents: every section, in the order in which a request meets it. `{}` takes the defaults,
// which the types tell (hover, or gateway/src/gateway-options.ts); `false` switches a feature off. The environment
// overrides any of it: GATEWAY__CORS__ORIGINS='["https://app.example"]'. Addresses and secrets are environment only:
// gateway/src/config.ts. A change of this file counts at once where the types do not say otherwise.
export default defineConfig({
  // Sizes and times of HTTP, and how the gateway leaves.
  server: { bodyLimit: 1_048_576, drainMs: 3_000, stopDelayMs: 0 },
  // The same for WebSockets.
  sockets: { initTimeoutMs: 10_000 },
  // What browsers may do with answers; set hstsSeconds once there is no way without TLS.
  securityHeaders: { hstsSeconds: 0 },
  // Pages of other origins that may call; CORS_ORIGINS adds them.
  cors: {},
  // Smaller answers for who asks; `false` where a proxy in front does it.
  compression: { minBytes: 2_048 },
  // Several operations in one request: the shop's client has no use for it.
  batching: false,
  // Operations by name instead of text; with { unknown: 'reject' } nothing else runs.
  persistedOperations: {},
  // Integrators live on it.
  introspection: {},
  // How large an operation may be, by its shape.
  limits: { maxDepth: 20, maxAliases: 30 },
  // How long an operation may take as a whole.
  deadline: {},
  // Whose tokens count: JWT_ISSUERS says whose, this how.
  identity: {},
  // What passes through of headers: nothing, since Souk's subgraphs read none.
  headers: { request: [], response: [] },
  // What an operation may cost, before it runs and after.
  cost: {},
  // What a client may spend, in cost.
  rateLimit: {},
  // Fields that not everybody may see. Clients of the shop know one small set of codes, whoever refuses: the gateway
  // or a subgraph.
  authorization: { errorCode: 'reason' },
  // Mutations that clients repeat and that run once.
  idempotency: { ttlMs: 86_400_000 },
  // Answers that are known already; events of the subgraphs say when they are not true any more.
  caching: {},
  // How query plans are made and kept.
  planning: {},
  // Fields that are moving from one subgraph to another.
  overrides: {},
  // What equal requests at the same time share.
  sharing: { inFlight: false },
  // How to live with a subgraph's failures.
  resilience: {},
  // Subgraphs with more than one replica, or other time limits than the rest.
  subgraphs: {},
  // What clients may read of subgraphs' errors.
  errors: { show: 'coded' },
});
