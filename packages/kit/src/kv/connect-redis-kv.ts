import type { Kv } from './kv.js';
import type { RedisKvOptions } from './redis-kv.js';

/**
 * Connects to Redis 6 or newer. The client's code is loaded only now: it takes longer than all the rest of the kit,
 * and most machines of developers have no Redis.
 *
 * @throws Error if no server answers in time, unless `mustAnswer` is false
 * @example const kv = await connectRedisKv({ url: config.REDIS_URL, logger });
 */
export async function connectRedisKv(options: RedisKvOptions): Promise<Kv> {
  const redis = await import('./redis-kv.js');
  return redis.connectRedisKv(options);
}
