import type pg from 'pg';
import { z } from 'zod';
import { ClearError } from '../../clear-error.js';
import { schemaQueries } from './schema-queries.js';
import { unsupportedQuery } from './unsupported-query.js';

/** What of a table is data: names are quoted, with their schema. */
const tableSchema = z.object({ name: z.string(), columns: z.array(z.string()) });

/** A table as COPY names it. One without columns has none to name. */
export const copyTarget = ({ name, columns }: TableData): string =>
  columns.length === 0 ? name : `${name} (${columns.join(', ')})`;

/** A database without its rows: what to run before they are there, and after. */
export const databaseSchema = z.object({
  before: z.array(z.string()),
  tables: z.array(tableSchema),
  /** Quoted names of sequences, and where they stand. */
  sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
  after: z.array(z.string()),
});

export type TableData = z.infer<typeof tableSchema>;
export type DatabaseSchema = z.infer<typeof databaseSchema>;

/**
 * Describes a database by PostgreSQL's own catalogue, in the client's transaction, with an empty search path: schemas,
 * extensions, enums, functions, tables with their partitions, sequences, constraints, indexes, views, triggers, and what the owner
 * may do with them. Other roles and their privileges, and comments, are left out.
 *
 * @throws ClearError for a kind of object that would not come back: better no backup than one without it
 */
export async function describeSchema(client: pg.ClientBase): Promise<DatabaseSchema> {
  const unsupported = await client.query<{ what: string }>(unsupportedQuery);
  if (unsupported.rows.length > 0) {
    const list = unsupported.rows.map(({ what }) => what).join(', ');
    throw new ClearError(`souk backup cannot keep ${list}. Use pg_dump for this database.`);
  }
  const tables = await rowsOf<TableData>(client, schemaQueries.tables);
  if (tables.length > 0) {
    await client.query(`LOCK TABLE ${tables.map(({ name }) => name).join(', ')} IN ACCESS SHARE MODE`);
  }
  const before: string[] = [];
  for (const query of schemaQueries.before) before.push(...(await statementsOf(client, query)));
  const after: string[] = [];
  for (const query of schemaQueries.after) after.push(...(await statementsOf(client, query)));
  const sequences = [];
  for (const { name } of await rowsOf<{ name: string }>(client, schemaQueries.sequences)) {
    const [state] = await rowsOf<{ value: string; called: boolean }>(
      client,
      `SELECT last_value::text AS value, is_called AS called FROM ${name}`,
    );
    if (state) sequences.push({ name, ...state });
  }
  return { before, tables, sequences, after };
}

const rowsOf = async <Row extends pg.QueryResultRow>(client: pg.ClientBase, query: string): Promise<Row[]> =>
  (await client.query<Row>(query)).rows;

const statementsOf = async (client: pg.ClientBase, query: string): Promise<string[]> =>
  (await rowsOf<{ statement: string }>(client, query)).map(({ statement }) => statement);
