import { readFileSync } from 'node:fs';

/**
 * The tables behind `appendEvents`, `createPostgresEventLog` and `createPostgresConsumer`. A subgraph has this text
 * as an ordinary migration (`prisma/migrations/20260101000000_events/migration.sql`); nothing goes into its Prisma
 * schema, because the tables stand in the PostgreSQL schema `events`.
 */
export const eventTablesSql: string = readFileSync(new URL('./event-tables.sql', import.meta.url), 'utf8');
