import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createFolderBlobs } from '@souk/kit/blobs';
import { type TestPostgres, testPostgres } from '@souk/testkit/postgres';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyTarget, describeSchema } from './describe-schema.js';
import { isPostgresEmpty, loadPostgres } from './load.js';
import { openPostgresSource } from './snapshot.js';

const everything = readFileSync(new URL('../__fixtures__/everything.sql', import.meta.url), 'utf8');

let source: TestPostgres;
let target: TestPostgres;
let folder: string;
beforeAll(async () => {
  [source, target] = await Promise.all([testPostgres('backup'), testPostgres('restore')]);
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-backup-'));
  await withClient(source.url, (client) => client.query(everything));
});
afterAll(async () => {
  await Promise.all([source.drop(), target.drop()]);
  await rm(folder, { recursive: true, force: true });
});

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Everything in a database: its shape as statements, its rows as text. */
const contentsOf = (url: string) =>
  withClient(url, async (client) => {
    await client.query("BEGIN; SET LOCAL search_path = ''");
    const schema = await describeSchema(client);
    const rows: Record<string, string[]> = {};
    for (const table of schema.tables) {
      const text = await buffer(client.query(copyTo(`COPY ${copyTarget(table)} TO STDOUT`)));
      rows[table.name] = text.toString().split('\n').sort();
    }
    return { schema, rows };
  });

test('a database with one of each comes back as it was, and goes on from there', async () => {
  const store = createFolderBlobs({ folder });
  const opened = await openPostgresSource([
    { service: 'everything', url: source.url },
    { service: 'absent', url: source.url.replace(source.database, 'souk_no_such_database') },
  ]);
  const held = await opened.take();
  expect(held.databases.map(({ service }) => service)).toEqual(['everything']);
  // After the snapshot: none of it may be seen.
  await withClient(source.url, (client) => client.query('DELETE FROM tree; INSERT INTO scratch VALUES (1)'));
  const entry = await held.databases[0]?.write(store, 'backups/b/everything/');
  await held.release();
  await opened.close();
  if (!entry) throw new Error('there is one database');
  expect(entry.parts.map(({ name, rows }) => `${name} ${rows}`)).toEqual([
    'Odd Names.Order 3',
    'events.heard 3',
    'public.measures_here 11',
    'public.measures_old 31',
    'public.measures_rest 21',
    'public.nothing 1',
    'public.scratch 0',
    'public.things 3',
    'public.tree 3',
  ]);

  expect(await isPostgresEmpty(target.url)).toBe(true);
  await loadPostgres(store, entry, target.url);
  expect(await isPostgresEmpty(target.url)).toBe(false);

  await withClient(source.url, (client) =>
    client.query(
      'INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2); UPDATE tree SET parent = 3 WHERE id = 1; TRUNCATE scratch',
    ),
  );
  const [was, is] = [await contentsOf(source.url), await contentsOf(target.url)];
  // PostgreSQL needs fewer brackets the second time it reads a condition.
  const bare = (schema: object): string => JSON.stringify(schema, undefined, 1).replaceAll(/[()]/g, '');
  expect(bare(is.schema)).toBe(bare(was.schema));
  expect(is.rows).toEqual(was.rows);

  /** What the next of each kind gets: identities, serials, defaults and triggers go on where they were. */
  const goOn = (url: string): Promise<string> =>
    withClient(url, async (client) => {
      const next = await client.query<{ id: string }>(
        "INSERT INTO things (name) VALUES ('next') RETURNING id, serial, ticket, doubled",
      );
      const heard = await client.query<{ thing: string }>(
        "SELECT thing FROM events.heard WHERE thing = 'next'",
      );
      const orders = await client.query<{ select: string }>(
        'INSERT INTO "Odd Names"."Order" (thing) SELECT max(id) FROM things RETURNING "select"',
      );
      return JSON.stringify([next.rows, heard.rows, orders.rows]);
    });
  expect(await goOn(target.url)).toBe(await goOn(source.url));
  await withClient(target.url, async (client) => {
    await expect(client.query('INSERT INTO "Odd Names"."Order" (thing) VALUES (1)')).rejects.toMatchObject({
      code: '23503',
    });
    await expect(client.query('DELETE FROM measures')).rejects.toThrow('append only');
    await expect(client.query("INSERT INTO things (name, ticket) VALUES ('x', -1)")).rejects.toMatchObject({
      code: '23514',
    });
    await expect(client.query("INSERT INTO measures VALUES ('2026-01-02', 'here', 1)")).rejects.toMatchObject(
      { code: '23505' },
    );
  });
});

test.each([
  ['CREATE MATERIALIZED VIEW seen AS SELECT 1 AS n', 'the materialized view public.seen'],
  ['CREATE DOMAIN percent AS int CHECK (VALUE < 101)', 'the type public.percent'],
  ['CREATE TABLE kept (n int); ALTER TABLE kept ENABLE ROW LEVEL SECURITY', 'row security of public.kept'],
  ['CREATE TABLE parent (n int); CREATE TABLE child () INHERITS (parent)', 'the inheritance of public.child'],
  ['CREATE TABLE t (n int); CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING', 'the rule r on public.t'],
  ['SELECT lo_create(0)', 'large objects'],
])('what would not come back is refused: %s', async (statement, what) => {
  const database = await testPostgres('refused');
  await withClient(database.url, async (client) => {
    await client.query(statement);
    await expect(describeSchema(client)).rejects.toThrow(`souk backup cannot keep ${what}. Use pg_dump`);
  });
  await database.drop();
});

test('a database that does not come out as it was is given up as a whole', async () => {
  const store = createFolderBlobs({ folder });
  const opened = await openPostgresSource([{ service: 'everything', url: source.url }]);
  const held = await opened.take();
  const entry = await held.databases[0]?.write(store, 'backups/c/everything/');
  await held.release();
  await opened.close();
  if (!entry) throw new Error('there is one database');
  const fresh = await testPostgres('half');
  const parts = entry.parts.map((part) =>
    part.name === 'public.tree' ? { ...part, rows: part.rows + 1 } : part,
  );
  await expect(loadPostgres(store, { ...entry, parts }, fresh.url)).rejects.toThrow(
    'public.tree has 4 rows in the backup, but 3 arrived.',
  );
  expect(await isPostgresEmpty(fresh.url)).toBe(true);
  await fresh.drop();
});
