import type { RedisSharedCacheOptions } from './redis-shared-cache.js';
import type { SharedCache, SharedCacheEvents } from './shared-cache.js';

/** Opens a cache for the owner of a first level. */
export type OpenSharedCache = (events: SharedCacheEvents) => SharedCache;

/**
 * Loads the Redis client's code, which takes a while and is only needed where there is a Redis.
 *
 * @example const openSharedCache = await redisSharedCache({ url: config.REDIS_URL, logger });
 */
export async function redisSharedCache(
  options: Omit<RedisSharedCacheOptions, keyof SharedCacheEvents>,
): Promise<OpenSharedCache> {
  const { createRedisSharedCache } = await import('./redis-shared-cache.js');
  return (events) => createRedisSharedCache({ ...options, ...events });
}
