export type { SharedCache, SharedCacheEvents, SharedEntry, SharedPosition } from './shared-cache.js';
export { redisSharedCache, type OpenSharedCache } from './open-redis-shared-cache.js';
export type { RedisSharedCacheOptions } from './redis-shared-cache.js';
