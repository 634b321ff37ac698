import { pbkdf2 } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerFailed, startServer } from './server-process.js';

const derive = promisify(pbkdf2);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-server-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const startOf = (postgres: string): Promise<unknown> =>
  startServer({
    cluster: folder,
    logFile: path.join(folder, 'postgres.log'),
    port: 1,
    durability: 'test',
    binaries: { postgres, initdb: postgres },
    identity: { prefix: [], owner: undefined },
  });

test('a server that ends before anything else happens here is noticed', async () => {
  // While all four threads that serve files are busy, the log is closed long after the server has ended.
  let isBusy = true;
  const work = Array.from({ length: 8 }, async () => {
    while (isBusy) await derive('password', 'salt', 100_000, 64, 'sha512');
  });
  try {
    await expect(startOf('false')).rejects.toThrow(ServerFailed);
  } finally {
    isBusy = false;
    await Promise.all(work);
  }
});

test('a program that cannot be started is told', async () => {
  await expect(startOf('no-such-postgres')).rejects.toThrow(ServerFailed);
});
