export { findRedis, startRedis } from '../servers/start-redis.js';
export type { TestServer as TestRedis } from '../servers/server-process.js';
