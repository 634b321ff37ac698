import { defineConfig } from '@souk/gateway/config';

// The shop's gateway, section by section, in the order in which a request meets them. What is not named here has its
// default, which the types tell (hover, or gateway/src/gateway-options.ts). The environment overrides any of it:
// GATEWAY__CORS__ORIGINS='["https://app.example"]'. Addresses and secrets are environment only: gateway/src/config.ts.
export default defineConfig({
  server: { bodyLimit: 1_048_576, drainMs: 3_000 },
  sockets: { initTimeoutMs: 10_000 },
  cors: {},
  // Nothing but what clients have written down runs with: persistedOperations: { unknown: 'reject' }
  // Clients of the shop know one small set of codes, whoever refuses: the gateway or a subgraph.
  authorization: { errorCode: 'reason' },
});
