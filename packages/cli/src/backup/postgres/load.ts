import type { BlobStore } from '@souk/kit/blobs';
import { ensureDatabase } from '@souk/kit/postgres';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ClearError, systemCode } from '../../clear-error.js';
import type { DatabaseEntry, Part } from '../manifest.js';
import { readPart, readWholePart } from '../parts.js';
import { type DatabaseSchema, copyTarget, databaseSchema, describeSchema } from './describe-schema.js';
import { majorVersion } from './snapshot.js';

/** Whether there is nothing in a database that a restore could overwrite; one that does not exist is empty. */
export async function isPostgresEmpty(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(
      "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' LIMIT 1",
    );
    return rows.length === 0;
  } catch (error) {
    if (systemCode(error) === NO_SUCH_DATABASE) return true;
    throw error;
  } finally {
    await client.end();
  }
}

const NO_SUCH_DATABASE = '3D000';
const IN_USE = '55006';

/** @throws ClearError while somebody is connected to it */
export async function dropPostgres(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const client = new pg.Client({ connectionString: maintenance.href });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    if (systemCode(error) !== IN_USE) throw error;
    throw new ClearError(`The database ${name} is in use. Stop the shop before you restore over its data.`, {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

/**
 * Makes the database as it was, in one transaction: all of it is there or nothing. Triggers and keys come after the
 * rows, so nothing fires and nothing is checked twice; at the end the database is described again and compared.
 */
export async function loadPostgres(store: BlobStore, entry: DatabaseEntry, url: string): Promise<void> {
  const text = await readWholePart(store, entry.schema);
  const schema = databaseSchema.parse(JSON.parse(text.toString()));
  await ensureDatabase(url);
  const client = new pg.Client({ connectionString: url, application_name: 'souk restore' });
  client.on('error', () => {}); // the query in progress rejects
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      "SET LOCAL search_path = ''; SET LOCAL check_function_bodies = off; SET LOCAL statement_timeout = 0",
    );
    for (const statement of schema.before) await client.query(statement);
    for (const [index, table] of schema.tables.entries()) {
      await loadRows(client, store, partOf(entry, index), copyTarget(table));
    }
    for (const { name, value, called } of schema.sequences) {
      await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [name, value, called]);
    }
    for (const statement of schema.after) await client.query(statement);
    if (entry.server === (await majorVersion(client))) await compare(client, schema, entry.service);
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    // Without a COMMIT this rolls back.
    await client.end();
  }
}

function partOf(entry: DatabaseEntry, index: number): Part {
  const part = entry.parts[index];
  if (part) return part;
  throw new ClearError(`The manifest of ${entry.service} does not fit its schema. Use another backup.`);
}

async function loadRows(client: pg.Client, store: BlobStore, part: Part, target: string): Promise<void> {
  const sink = client.query(copyFrom(`COPY ${target} FROM STDIN`));
  await readPart(store, part, sink);
  if (sink.rowCount === part.rows) return;
  throw new ClearError(`${part.name} has ${part.rows} rows in the backup, but ${sink.rowCount} arrived.`);
}

async function compare(client: pg.Client, expected: DatabaseSchema, service: string): Promise<void> {
  const made = await describeSchema(client);
  // Read again, (a AND b) AND c is a AND b AND c: brackets may differ.
  const lines = ({ before, after, sequences }: DatabaseSchema): string[] =>
    [...before, ...after, ...sequences.map((sequence) => JSON.stringify(sequence))]
      .map((line) => line.replaceAll(/[()]/g, ''))
      .sort();
  const [want, have] = [lines(expected), lines(made)];
  const missing = want.find((line, index) => have[index] !== line) ?? have[want.length];
  if (missing === undefined) return;
  throw new ClearError(
    `The database of ${service} did not come out as it was: ${missing}. Nothing of it was kept.`,
  );
}
