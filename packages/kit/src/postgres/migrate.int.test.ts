import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { testPostgres } from '@souk/testkit/postgres';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { createLogger } from '../log/index.js';
import { databaseUrl, ensureDatabase, migrate } from './index.js';

const logger = createLogger({ level: 'silent' });
const cleanUp: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function folderOf(migrations: Record<string, string>) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'souk-migrations-'));
  cleanUp.push(() => rm(directory, { recursive: true }));
  const write = async (name: string, sql: string) => {
    await mkdir(path.join(directory, name), { recursive: true });
    await writeFile(path.join(directory, name, 'migration.sql'), sql);
  };
  for (const [name, sql] of Object.entries(migrations)) await write(name, sql);
  await writeFile(path.join(directory, 'migration_lock.toml'), 'provider = "postgresql"');
  return { directory, write };
}

async function freshDatabase() {
  const database = await testPostgres('migrate');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  cleanUp.push(async () => {
    await client.end();
    await database.drop();
  });
  return {
    url: database.url,
    sql: async (text: string) => (await client.query<Record<string, unknown>>(text)).rows,
  };
}

test('applies what is missing, in order, once, although three start together', async () => {
  const { url, sql } = await freshDatabase();
  const { directory, write } = await folderOf({
    '20260102_fill': 'INSERT INTO goods VALUES (1); INSERT INTO goods VALUES (2);',
    '20260101_make': 'CREATE TABLE goods (id int PRIMARY KEY);',
  });
  const results = await Promise.all([1, 2, 3].map(() => migrate({ url, directory, logger })));
  expect(results.flatMap(({ applied }) => applied)).toEqual(['20260101_make', '20260102_fill']);
  await write('20260103_index', 'CREATE INDEX CONCURRENTLY goods_id ON goods (id);');
  expect(await migrate({ url, directory, logger })).toEqual({ applied: ['20260103_index'], edited: [] });
  expect(await sql('SELECT count(*)::int AS n FROM goods')).toEqual([{ n: 2 }]);
});

test('a failed migration leaves nothing behind, is recorded, and blocks until it is resolved', async () => {
  const { url, sql } = await freshDatabase();
  const { directory, write } = await folderOf({
    '1_good': 'CREATE TABLE goods (id int);',
    '2_bad': 'CREATE TABLE half (id int); SELECT nonsense;',
  });
  await expect(migrate({ url, directory, logger })).rejects.toThrow(
    /P3018: the migration 2_bad failed: .*nonsense/,
  );
  await expect(migrate({ url, directory, logger })).rejects.toThrow(/P3009: .*2_bad.*prisma migrate resolve/);
  expect(await sql(`SELECT to_regclass('half') AS half, to_regclass('goods')::text AS goods`)).toEqual([
    { half: null, goods: 'goods' },
  ]);
  await sql(`UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = '2_bad'`);
  await write('2_bad', 'CREATE TABLE half (id int);');
  expect((await migrate({ url, directory, logger })).applied).toEqual(['2_bad']);
});

test('reports a migration that was edited after it had been applied, and does not run it again', async () => {
  const { url } = await freshDatabase();
  const { directory, write } = await folderOf({ '1_make': 'CREATE TABLE goods (id int);' });
  await migrate({ url, directory, logger });
  await write('1_make', 'CREATE TABLE goods (id bigint);');
  expect(await migrate({ url, directory, logger })).toEqual({ applied: [], edited: ['1_make'] });
});

test('refuses a database that has tables but no history', async () => {
  const { url, sql } = await freshDatabase();
  await sql('CREATE TABLE somebody_elses (id int)');
  const { directory } = await folderOf({ '1_make': 'CREATE TABLE goods (id int);' });
  await expect(migrate({ url, directory, logger })).rejects.toThrow(/P3005/);
  expect(await sql(`SELECT to_regclass('goods') AS goods`)).toEqual([{ goods: null }]);
});

test('creates a missing database, also when several ask at once', async () => {
  const { url, sql } = await freshDatabase();
  const missing = databaseUrl(url, `t${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`);
  const name = new URL(missing).pathname.slice(1);
  cleanUp.push(async () => void (await sql(`DROP DATABASE "${name}"`)));
  await Promise.all([1, 2, 3].map(() => ensureDatabase(missing)));
  expect(await sql(`SELECT datname FROM pg_database WHERE datname = '${name}'`)).toEqual([{ datname: name }]);
});
