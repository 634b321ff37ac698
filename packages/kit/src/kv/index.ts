export type { Kv, KvLock, TokenBucket, TokenResult } from './kv.js';
export { createMemoryKv, type MemoryKvOptions } from './memory-kv.js';
export { connectRedisKv } from './connect-redis-kv.js';
export type { RedisKvOptions } from './redis-kv.js';
