import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from './find-program.js';
import { freePort } from './free-port.js';
import { type TestServer, startServerProcess } from './server-process.js';

/** Where `redis-server` is; undefined on a machine without it. */
export const findRedis = (): Promise<string | undefined> => findProgram('redis-server');

/**
 * Starts a Redis server. What it was told outlives a kill.
 *
 * @param options.port to come back under the same address @default a free one
 * @throws Error without `redis-server` on the PATH
 * @example const redis = await startRedis(); afterAll(() => redis.stop());
 */
export async function startRedis(options: { readonly port?: number } = {}): Promise<TestServer> {
  const program = await findRedis();
  if (program === undefined) throw new Error('Install redis-server, or skip the test without it.');
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-redis-'));
  const port = options.port ?? (await freePort());
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'yes', appendfsync: 'no', dir: dataDir };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return startServerProcess({
    name: 'redis-server',
    url: `redis://127.0.0.1:${port}`,
    port,
    dataDir,
    command: [program, ...args],
    env: { PATH: '/usr/bin:/bin' },
    readyText: /Ready to accept/,
  });
}
