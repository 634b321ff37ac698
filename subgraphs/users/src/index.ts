export { createApp, type UsersApp, type UsersDeps } from './app.js';
export { prepare } from './prepare.js';
export { seed, type SeedOptions } from './seed.js';
export type { UserEventPayload } from './events/user-events.js';
export type { JsonWebKeySet } from './tokens/key-ring.js';
