import { readFileSync } from 'node:fs';

const textOf = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/**
 * The tables behind `appendEvents`, `createPostgresEventLog` and `createPostgresConsumer`. A subgraph has this text
 * as ordinary migrations, `20260101000000_events` and `20260401000000_inbox_positions`; nothing goes into its Prisma
 * schema, because the tables stand in the PostgreSQL schema `events`.
 */
export const eventTablesSql: string = textOf('./event-tables.sql') + textOf('./inbox-positions.sql');
