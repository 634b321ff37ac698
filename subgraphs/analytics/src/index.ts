export { createApp, type AnalyticsDeps } from './app.js';
export { prepare } from './prepare.js';
export { seed, type SeedOptions } from './seed.js';
export { SOURCES } from './events/sources.js';
export { verifyEvents, type Anchor } from './verify-events.js';
export type { Verification } from './store/verify-chain.js';
