export { freePort } from './free-port.js';
export { type ServerProgram, type TestServer, startServerProcess } from './server-process.js';
export { findPostgres, startPostgres } from './start-postgres.js';
export { findRabbitMq, type RabbitMqServer, startRabbitMq } from './start-rabbitmq.js';
export { findRedis, startRedis } from './start-redis.js';
