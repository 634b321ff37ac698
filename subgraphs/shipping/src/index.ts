export { createApp, type ShippingDeps } from './app.js';
export { published } from './events/published.js';
export { prepare } from './prepare.js';
export { seed, type SeedOptions } from './seed.js';
