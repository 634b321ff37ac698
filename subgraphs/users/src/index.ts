export { createApp, type UsersApp, type UsersDeps } from './app.js';
export { prepare } from './prepare.js';
export { seed, type SeedOptions } from './seed.js';
export { published, type UserEventPayload } from './events/published.js';
export type { JsonWebKeySet } from './tokens/key-ring.js';
