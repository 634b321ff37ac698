import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, readlink, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
import { freePort } from '@souk/embedded/ports';
import { type Entrance, entranceAt } from '../support/shop.js';
import { copySeeded } from '../support/seeded-shop.js';

const ROOT = path.join(import.meta.dirname, '../..');

/** `npm start` as a person runs it, in a process group of its own. */
export interface NpmStart extends Entrance {
  readonly npm: ChildProcess;
  /** Everything it wrote so far. */
  output(): string;
  /** Waits for a text in the output. */
  says(text: string): Promise<void>;
  /** Resolves with the exit code of npm; a signal's name if npm did not end by itself. */
  readonly ended: Promise<number | string>;
  /** Sends a signal to npm, the shell and the launcher alike, as a terminal does. */
  signalGroup(signal: NodeJS.Signals): void;
  /** The launcher itself: the program that npm's shell became. */
  launcherPid(): Promise<number>;
}

/** A folder for one shop's data. */
export const makeDataDir = (): Promise<string> => mkdtemp(path.join(os.tmpdir(), 'souk-start-'));

/** The same with the data of a shop that was open before. */
export async function makeSeededDataDir(): Promise<string> {
  const dataDir = await makeDataDir();
  await copySeeded(inject('seededDataDir'), dataDir);
  return dataDir;
}

/** Starts the shop; `options.env` wins over a free port and the catalogue that is in seeded folders. */
export async function npmStart(options: {
  readonly dataDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}): Promise<NpmStart> {
  const port = options.env?.['PORT'] ?? String(await freePort());
  const npm = spawn('npm', ['start', '--', ...(options.args ?? [])], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SOUK_DATA_DIR: options.dataDir, SOUK_PRODUCTS: '60', ...options.env, PORT: port },
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<number | string>((resolve) => {
    npm.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const pid = npm.pid ?? 0;
  return {
    npm,
    ...entranceAt(`http://127.0.0.1:${port}`),
    output: () => output,
    ended,
    async says(text) {
      const over = ended.then((code) => {
        if (!output.includes(text))
          throw new Error(`npm start ended with ${code} before it said "${text}":\n${output}`);
      });
      while (!output.includes(text)) await Promise.race([over, delay(50)]);
    },
    signalGroup: (signal) => process.kill(-pid, signal),
    async launcherPid() {
      const children = await pidsWhere(async (candidate) => (await parentOf(candidate)) === pid);
      return children[0] ?? 0;
    },
  };
}

/** Every process that belongs to a shop: by its environment or by its working folder. */
export function processesOf(dataDir: string): Promise<number[]> {
  return pidsWhere(async (pid) => {
    if (pid === process.pid || (await isZombie(pid))) return false;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    return environment.split('\0').includes(`SOUK_DATA_DIR=${dataDir}`) || folder.startsWith(dataDir);
  });
}

/** Waits until these processes of a shop have ended by themselves. */
export async function untilGone(pids: readonly number[], dataDir: string): Promise<void> {
  while ((await processesOf(dataDir)).some((pid) => pids.includes(pid))) await delay(50);
}

/** Ends whatever a failed test left behind, then removes the data. */
export async function cleanUp(dataDir: string): Promise<void> {
  for (const pid of await processesOf(dataDir)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
  while ((await processesOf(dataDir)).length > 0) await delay(20);
  await rm(dataDir, { recursive: true, force: true });
}

async function pidsWhere(wanted: (pid: number) => Promise<boolean>): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const verdicts = await Promise.all(pids.map(wanted));
  return pids.filter((_, index) => verdicts[index]);
}

const statOf = async (pid: number): Promise<string[]> => {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
};
const parentOf = async (pid: number): Promise<number> => Number((await statOf(pid))[1]);
const isZombie = async (pid: number): Promise<boolean> =>
  ['Z', 'X', ''].includes((await statOf(pid))[0] ?? '');
