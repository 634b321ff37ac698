import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A Redis server of a test's own, to be killed and frozen as it likes. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Suspends it: connections stay, and nothing is answered until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Ends it, and removes what it wrote. Safe to call twice. */
  stop(): Promise<void>;
}

/** Where `redis-server` is; undefined on a machine without it. */
export async function findRedis(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, 'redis-server');
    const isThere = await access(candidate).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return undefined;
}

/**
 * Starts a Redis server that keeps nothing on disk.
 *
 * @param options.port to come back under the same address @default a free one
 * @throws Error without `redis-server` on the PATH
 * @example const redis = await startRedis(); afterAll(() => redis.stop());
 */
export async function startRedis(options: { readonly port?: number } = {}): Promise<TestRedis> {
  const command = await findRedis();
  if (command === undefined) throw new Error('Install redis-server, or skip the test without it.');
  const dir = await mkdtemp(path.join(os.tmpdir(), 'souk-redis-'));
  const port = options.port ?? (await freePort());
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout?.on('data', (text: Buffer) => text.toString().includes('Ready to accept') && resolve());
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async stop() {
      // Ends a frozen one, too, and there is nothing to save.
      server.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      // A TCP server's address is never a string.
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
