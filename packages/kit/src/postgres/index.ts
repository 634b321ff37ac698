export type { Pool } from 'pg';
export { appendEvents } from './append-events.js';
export {
  createPostgresConsumer,
  type EventHandler,
  type PostgresConsumerOptions,
  type TransactionConsumerOptions,
} from './consumer.js';
export { databaseUrl } from './database-url.js';
export { postgresDeadLetters } from './dead-letters.js';
export { ensureDatabase } from './ensure-database.js';
export { createPostgresEventLog, type PostgresEventLogOptions } from './event-log.js';
export { eventTablesSql } from './event-tables.js';
export { groupCommit } from './group-commit.js';
export { inboxPruning } from './inbox-pruning.js';
export { isDatabaseAway, isSerializationFailure } from './failures.js';
export { migrate, type MigrateOptions, type MigrateResult } from './migrate.js';
export { createPool, type PoolOptions } from './pool.js';
export { pgExecutor, prismaExecutor, type PrismaRawClient, type SqlExecutor } from './sql-executor.js';
export {
  prismaTransaction,
  withTransaction,
  type RunInTransaction,
  type TransactionOptions,
} from './transaction.js';
export { startListener, type ListenerOptions } from './wake-up-listener.js';
