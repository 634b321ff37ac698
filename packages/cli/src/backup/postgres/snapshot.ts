import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { systemCode } from '../../clear-error.js';
import type { Part } from '../manifest.js';
import { writePart } from '../parts.js';
import type { DatabaseSnapshot, HeldSnapshots, SnapshotSource } from '../snapshot.js';
import { type TableData, copyTarget, describeSchema } from './describe-schema.js';
import { readPostgresMarks } from './marks.js';

const NO_SUCH_DATABASE = '3D000';

/** A service and where its database is. */
export interface PostgresPlace {
  readonly service: string;
  readonly url: string;
}

/**
 * PostgreSQL's databases: one transaction each, that sees the database as it was when it began, and lets everybody else
 * go on. The tables are locked against changes of their shape.
 */
export async function openPostgresSource(places: readonly PostgresPlace[]): Promise<SnapshotSource> {
  const clients = (await Promise.all(places.map(connect))).filter((one) => one !== undefined);
  return {
    async take(): Promise<HeldSnapshots> {
      const databases = await Promise.all(
        clients.map(({ client, service }) => takeSnapshot(client, service)),
      );
      const release = async (): Promise<void> => {
        for (const { client } of clients) await client.query('ROLLBACK');
      };
      return { databases, release };
    },
    async close() {
      for (const { client } of clients) await client.end();
    },
  };
}

async function connect({ service, url }: PostgresPlace) {
  const client = new pg.Client({ connectionString: url, application_name: 'souk backup' });
  client.on('error', () => {}); // the query in progress rejects
  try {
    await client.connect();
  } catch (error) {
    if (systemCode(error) === NO_SUCH_DATABASE) return undefined;
    throw error;
  }
  return { client, service };
}

async function takeSnapshot(client: pg.Client, service: string): Promise<DatabaseSnapshot> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // Text that other servers and other settings read the same way; no search path, so that every name is whole.
  await client.query(
    "SET LOCAL search_path = ''; SET LOCAL datestyle = 'ISO, MDY'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
  );
  const marks = await readPostgresMarks(client);
  return {
    service,
    marks,
    async write(store, prefix) {
      const schema = await describeSchema(client);
      const parts: Part[] = [];
      for (const [index, table] of schema.tables.entries()) {
        const source = client.query(copyTo(`COPY ${copyTarget(table)} TO STDOUT`));
        const key = `${prefix}${String(index).padStart(4, '0')}.copy.gz`;
        const written = await writePart(store, key, source).catch(async (error: unknown) => {
          // A COPY that nobody reads to its end lets no other query through, not even a ROLLBACK.
          await client.end();
          throw error;
        });
        parts.push({ ...written, name: nameOf(table), rows: source.rowCount });
      }
      const text = Buffer.from(JSON.stringify(schema, undefined, 1));
      const written = await writePart(store, `${prefix}schema.json.gz`, [text]);
      return {
        service,
        kind: 'postgres',
        server: await majorVersion(client),
        marks,
        schema: { ...written, name: 'schema', rows: 0 },
        parts,
      };
    },
  };
}

/** As people write it: without the quotes that hardly any name needs. */
const nameOf = ({ name }: TableData): string => name.replaceAll('"', '');

/** For example `18`. */
export async function majorVersion(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    "SELECT current_setting('server_version_num') AS version",
  );
  return String(Math.floor(Number(rows[0]?.version) / 10_000));
}
