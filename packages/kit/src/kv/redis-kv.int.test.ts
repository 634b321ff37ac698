import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createLogger } from '../log/index.js';
import { connectRedisKv } from './index.js';
import { describeKvContract } from './kv.contract.js';

const logger = createLogger({ level: 'silent' });
const given = process.env['REDIS_URL'];
const binary = await findOnPath('redis-server');
const started: Array<() => Promise<void>> = [];
afterAll(async () => {
  for (const stop of started) await stop();
});

describe.skipIf(!given && !binary)('with a Redis server (REDIS_URL or redis-server on the PATH)', () => {
  let url: Promise<string> | undefined;
  const serverUrl = () => (url ??= given ? Promise.resolve(given) : startRedis(binary ?? 'redis-server'));
  describeKvContract('Kv in Redis', async () =>
    connectRedisKv({ url: await serverUrl(), logger, prefix: 'test:' }),
  );
});

test('an address where nobody answers is an error, and soon', async () => {
  await expect(connectRedisKv({ url: 'redis://127.0.0.1:1', logger, connectTimeoutMs: 500 })).rejects.toThrow(
    /REDIS_URL/,
  );
});

async function startRedis(command: string): Promise<string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'souk-redis-'));
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
  ];
  const server: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout?.on('data', (text: Buffer) => text.toString().includes('Ready to accept') && resolve());
  });
  started.push(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await rm(dir, { recursive: true, force: true });
  });
  return `redis://127.0.0.1:${port}`;
}

async function findOnPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, name);
    if (
      await access(candidate).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  }
  return undefined;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
