import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@souk/embedded/ports';

/** One process for everything, or one process a service. */
export type Mode = 'one process' | 'split';

/** A GraphQL answer, with the HTTP facts around it. */
export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data;
  readonly errors: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: { code?: string };
  }[];
  readonly text: string;
}

/** Where people reach a shop. */
export interface Entrance {
  readonly url: string;
  /** Posts an operation; `headers` may carry `authorization` and `x-cart-token`. */
  ask<Data>(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
}

/** A whole running shop in a data folder of its own. */
export interface Shop extends Entrance {
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** SIGTERM, as `npm start` gets it. Resolves with the exit code when nothing is left running. */
  stop(): Promise<number | null>;
  /** SIGKILL to the launcher alone: databases and services are left as a crash would leave them. */
  kill(): Promise<void>;
  /** Everything it printed. */
  output(): string;
}

const root = path.join(import.meta.dirname, '../..');

/** A folder of the test's own, and its removal. */
export async function temporaryFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'souk-e2e-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until `probe` gives something truthy. */
export async function eventually<Value>(
  what: string,
  probe: () => Promise<Value | undefined | false>,
  withinMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await probe().catch(() => undefined);
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await pause(50);
  }
}

/** @example entranceAt('http://127.0.0.1:4000').ask('{ viewer { id } }') */
export const entranceAt = (url: string): Entrance => ({
  url,
  async ask<Data>(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const body = JSON.parse(text) as { data?: Data; errors?: Answer<Data>['errors'] };
    // A test that reads `data` of a refused request fails on the missing field, with the text in its message.
    return {
      status: response.status,
      headers: response.headers,
      data: body.data as Data,
      errors: body.errors ?? [],
      text,
    };
  },
});

/**
 * Starts the shop as `npm start` does, with the built code, and resolves once `/ready` says so.
 *
 * @param options.products seed size @default 60
 */
export async function startShop(options: {
  dataDir: string;
  mode?: Mode;
  products?: number;
  port?: number;
  environment?: Record<string, string>;
}): Promise<Shop> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  let printed = '';
  const child: ChildProcess = spawn(
    process.execPath,
    [path.join(root, 'packages/cli/dist/main.js'), 'up', ...(options.mode === 'split' ? ['--split'] : [])],
    {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: String(port),
        SOUK_DATA_DIR: options.dataDir,
        SOUK_PRODUCTS: String(options.products ?? 60),
        LOG_LEVEL: 'warn',
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  let over = false;
  void exited.then(() => (over = true));

  try {
    await eventually(
      'the shop is ready',
      async () => {
        if (over) return true;
        return (await fetch(`${url}/ready`)).ok;
      },
      120_000,
    );
    if (over) throw new Error('the shop ended before it was ready');
  } catch (cause) {
    child.kill('SIGTERM');
    throw new Error(`the shop did not start:\n${printed}`, { cause });
  }

  return {
    ...entranceAt(url),
    port,
    dataDir: options.dataDir,
    pid: child.pid ?? -1,
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    output: () => printed,
  };
}
