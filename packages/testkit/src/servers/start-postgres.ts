import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chooseIdentity, systemPostgres } from '@souk/embedded/postgres';
import { freePort } from './free-port.js';
import { type TestServer, startServerProcess } from './server-process.js';

const run = promisify(execFile);
const ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', TZ: 'UTC', LC_ALL: 'C' };

/** Where the programs of the system's PostgreSQL are; undefined on a machine without it. */
export const findPostgres = (): Promise<string | undefined> => systemPostgres();

/**
 * Starts a PostgreSQL server as the system's packages installed it, as another user where we are root. No
 * acknowledged write is lost by a kill.
 *
 * @param options.port @default a free one
 * @throws Error without PostgreSQL on the machine
 * @example const postgres = await startPostgres(); afterAll(() => postgres.stop()); // databases: `${postgres.url}/name`
 */
export async function startPostgres(options: { readonly port?: number } = {}): Promise<TestServer> {
  const folder = await findPostgres();
  if (folder === undefined) throw new Error('Install postgresql, or skip the test without it.');
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-postgres-'));
  const cluster = path.join(dataDir, 'cluster');
  await mkdir(cluster, { mode: 0o700 });
  const initdb = path.join(folder, 'initdb');
  const { prefix, owner } = await chooseIdentity(initdb, dataDir);
  if (owner) await chown(cluster, owner.uid, owner.gid);
  const [file = '', ...args] = [...prefix, initdb, ...INIT, '--pgdata', cluster];
  await run(file, args, { env: ENVIRONMENT });
  const port = options.port ?? (await freePort());
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return startServerProcess({
    name: 'PostgreSQL',
    url: `postgres://postgres@127.0.0.1:${port}`,
    port,
    dataDir,
    cwd: cluster,
    command: [...prefix, path.join(folder, 'postgres'), '-D', cluster, ...settings],
    env: ENVIRONMENT,
    readyText: /database system is ready to accept connections/,
  });
}

const INIT = [
  '--username=postgres',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--no-sync',
  '--no-instructions',
];
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // No socket file: its path could be longer than the 107 bytes that systems allow.
  unix_socket_directories: '',
  max_connections: 300,
  shared_buffers: '48MB',
  jit: 'off',
  // A kill loses nothing that the kernel has; only losing power would, and recovery is quick without.
  fsync: 'off',
  lc_messages: 'C',
};
