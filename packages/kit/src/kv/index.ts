export type { Kv, KvLock, TokenBucket, TokenResult } from './kv.js';
export { createMemoryKv, type MemoryKvOptions } from './memory-kv.js';
export { connectRedisKv, type RedisKvOptions } from './redis-kv.js';
