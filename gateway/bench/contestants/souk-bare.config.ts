import { defineConfig } from '@souk/gateway/config';

// Everything that can be off is off: what the features cost that are on by default.
export default defineConfig({
  batching: false,
  persistedOperations: false,
  compression: false,
  limits: false,
  cost: false,
  rateLimit: false,
  idempotency: false,
  caching: false,
  resilience: false,
});
