import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPostgres } from './binaries.js';
import { chooseIdentity } from './identity.js';
import { startServer } from './server-process.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.js';

const failures = { told: () => {} };
const logger = { info: () => {}, warn: () => {}, error: () => failures.told() };
let folder: string;
let dataDir: string;
let started: EmbeddedPostgres[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-postgres-'));
  dataDir = path.join(folder, 'a/b');
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(durability: 'full' | 'test' = 'test'): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, logger, durability });
  started.push(server);
  return server;
}

async function connect(server: EmbeddedPostgres): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: `${server.url}/postgres` });
  client.on('error', () => {}); // Some tests kill the server under the connection.
  await client.connect();
  return client;
}

async function query<Row extends object>(
  server: EmbeddedPostgres,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = await connect(server);
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The answer of a server that is being started again. */
async function queryOnceBack<Row extends object>(server: EmbeddedPostgres, text: string): Promise<Row[]> {
  for (;;) {
    const rows = await query<Row>(server, text).catch(() => undefined);
    if (rows !== undefined) return rows;
    await delay(50);
  }
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (line === '' || / [ZX] /.test(line.slice(line.lastIndexOf(')')))) return;
    await delay(20);
  }
}

test('data, password and port outlive a restart', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await untilGone(first.pid());

  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('only somebody who may read the data folder gets in', async () => {
  const server = await start();
  const { mode } = await stat(path.join(dataDir, 'connection.json'));
  expect(mode & 0o077).toBe(0);
  const stranger = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    user: 'postgres',
    password: 'guess',
  });
  await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
});

test('the server is a session of its own, so no signal to the launcher group reaches it', async () => {
  const server = await start();
  const line = await readFile(`/proc/${server.pid()}/stat`, 'utf8');
  const [, , group, session] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  expect([group, session]).toEqual([String(server.pid()), String(server.pid())]);
});

test('a server that a killed launcher left behind is taken over with its data', async () => {
  const first = await start();
  await first.stop();
  const binaries = await findPostgres();
  const orphan = await startServer({
    cluster: path.join(dataDir, 'cluster'),
    logFile: path.join(dataDir, 'postgres.log'),
    port: first.port,
    durability: 'test',
    binaries,
    identity: await chooseIdentity(binaries.initdb, dataDir),
  });
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');

  const successor = await start();
  await orphan.ended;
  expect(successor.url).toBe(first.url);
  expect(await query(successor, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('kill -9 of the server under 20 writers: it comes back by itself, and every acknowledged row is there', async () => {
  const server = await start('full');
  await query(server, 'CREATE TABLE written (writer int, number int)');
  const acknowledged: string[] = [];
  const killed = server.pid();
  const clients = await Promise.all(Array.from({ length: 20 }, () => connect(server)));
  const writers = clients.map(async (client, writer) => {
    try {
      for (let number = 0; ; number++) {
        await client.query('INSERT INTO written VALUES ($1, $2)', [writer, number]);
        acknowledged.push(`${writer}:${number}`);
      }
    } catch {
      // The connection is gone: this writer is done.
    }
  });
  while (acknowledged.length < 200) await delay(5);
  process.kill(killed, 'SIGKILL');
  await Promise.all(writers);

  const rows = await queryOnceBack<{ writer: number; number: number }>(server, 'SELECT * FROM written');
  expect(server.pid()).not.toBe(killed);
  const found = new Set(rows.map((row) => `${row.writer}:${row.number}`));
  expect(acknowledged.filter((row) => !found.has(row))).toEqual([]);
});

test('kill -9 of the server while a query computes: the query, which notices nothing, does not hold up the next server', async () => {
  const server = await start('full');
  await query(server, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const client = await connect(server);
  const computing = client.query('SELECT count(*) FROM generate_series(1, 1e12::bigint)').catch(() => {});
  while (
    (
      await query(
        server,
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND pid <> pg_backend_pid()",
      )
    ).length === 0
  )
    await delay(20);
  const shell = spawn('sleep', ['600'], { cwd: path.join(dataDir, 'cluster') });
  process.kill(server.pid(), 'SIGKILL');
  expect(await queryOnceBack(server, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await computing;
  expect(shell.kill(), 'who only stands in the folder is left alone').toBe(true);
});

test('what keeps a killed server from starting again may pass', async () => {
  const server = await start('full');
  await query(server, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const cluster = path.join(dataDir, 'cluster');
  await rename(cluster, `${cluster}.away`);
  const failed = new Promise<void>((resolve) => (failures.told = resolve));
  process.kill(server.pid(), 'SIGKILL');
  await failed;
  await rename(`${cluster}.away`, cluster);
  expect(await queryOnceBack(server, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('kill -9 of launcher and server together: the next start recovers', async () => {
  const server = await start('full');
  await query(server, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const stopping = server.stop(); // From here on nobody starts it again.
  process.kill(server.pid(), 'SIGKILL');
  await stopping;
  expect(await query(await start('full'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('a first start that was killed half-way is done again', async () => {
  await mkdir(path.join(dataDir, 'cluster.new/base'), { recursive: true });
  await writeFile(path.join(dataDir, 'cluster.new/PG_VERSION'), '18\n');
  expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('folders that are not ours keep their modes, and a private one is no obstacle', async () => {
  expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700); // As mkdtemp made it.
});
