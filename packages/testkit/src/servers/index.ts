export { findPostgres, startPostgres } from './start-postgres.js';
export { findRabbitMq, startRabbitMq } from './start-rabbitmq.js';
export { findRedis, startRedis } from './start-redis.js';
export type { TestServer } from './server-process.js';
