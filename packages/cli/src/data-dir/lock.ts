import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ClearError, systemCode } from '../clear-error.js';

/** A data folder that nobody else uses now. */
export interface DataDirLock {
  /** True if the last holder did not release it. */
  readonly crashed: boolean;
  release(): Promise<void>;
}

/** What the holder writes down about itself. */
interface Holder {
  readonly pid: number;
  readonly since: string;
  readonly address: string;
}

const holderFile = (folder: string): string => path.join(folder, 'running.json');

/**
 * Takes the folder. The lock is a socket that listens: the system lets only one process have it, and frees it
 * whatever way that process ends, so there is never a stale one to judge.
 *
 * @throws ClearError that names the holder if it is not free in time
 */
export async function lockDataDir(
  folder: string,
  options: { readonly waitMs: number; readonly address: string; readonly say: (line: string) => void },
): Promise<DataDirLock> {
  const { dev, ino } = await stat(folder);
  // Linux has socket names that are no files; elsewhere it is a file, which may outlive its process.
  const name = process.platform === 'linux' ? `\0souk-data-${dev}-${ino}` : path.join(folder, 'lock.sock');
  const deadline = performance.now() + options.waitMs;
  let nextWord = performance.now() + 1_000;
  let server: Server | undefined;
  while ((server = await listen(name)) === undefined) {
    const now = performance.now();
    if (now > deadline) throw new ClearError(await inUse(folder));
    if (now > nextWord) {
      options.say(`  … waiting for the data folder, which ${await describeHolder(folder)} uses`);
      nextWord = now + 5_000;
    }
    if (!name.startsWith('\0') && !(await answers(name))) await rm(name, { force: true });
    await delay(100);
  }
  const crashed = (await readHolder(folder)) !== undefined;
  const holder: Holder = { pid: process.pid, since: new Date().toISOString(), address: options.address };
  await writeFile(holderFile(folder), JSON.stringify(holder));
  return { crashed, release: () => release(folder, server) };
}

async function release(folder: string, server: Server): Promise<void> {
  await rm(holderFile(folder), { force: true });
  await new Promise((resolve) => server.close(resolve));
}

const inUse = async (folder: string): Promise<string> =>
  `The data folder ${folder} is in use by ${await describeHolder(folder)}. Stop it, or set SOUK_DATA_DIR to another folder.`;

async function describeHolder(folder: string): Promise<string> {
  const holder = await readHolder(folder);
  return holder ? `process ${holder.pid} (since ${holder.since}, ${holder.address})` : 'another process';
}

async function readHolder(folder: string): Promise<Holder | undefined> {
  try {
    // Written above, and only told to people.
    return JSON.parse(await readFile(holderFile(folder), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** @returns undefined if somebody else listens there */
const listen = (name: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (error) => {
      if (systemCode(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name, () => resolve(server.unref()));
  });

const answers = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(name, () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
