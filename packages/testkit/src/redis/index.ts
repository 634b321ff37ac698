export { findRedis, startRedis, type TestRedis } from './start-redis.js';
