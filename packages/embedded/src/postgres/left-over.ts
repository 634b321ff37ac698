import { execFile } from 'node:child_process';
import { readFile, readdir, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Logger } from '@souk/kit/log';

const run = promisify(execFile);

/** The server's own note of who runs on a cluster. */
export const lockFileOf = (cluster: string): string => path.join(cluster, 'postmaster.pid');

/** How long an orderly end may take before an immediate one is asked for; both keep every committed write. */
const ORDERLY_MS = 20_000;
const IMMEDIATE_MS = 10_000;

/**
 * Ends a server that an earlier, killed Souk left running on this cluster, and clears the lock file of one that
 * was killed itself. Call it only while holding the data folder's lock.
 *
 * @throws Error naming the process that does not end.
 */
export async function clearLeftOver(cluster: string, logger: Pick<Logger, 'warn'>): Promise<void> {
  const pid = await readServerPid(cluster);
  if (pid === undefined || !isAlive(pid)) return; // PostgreSQL itself replaces the file of a dead process.
  const folder = await realpath(cluster);
  if (await worksIn(pid, folder)) {
    logger.warn({ pid }, 'stopping the PostgreSQL server that an earlier run left behind');
    await end(pid);
  }
  // A number that lives on as a zombie or as another program would make PostgreSQL refuse to start. The file may
  // go only when nobody works on the data any more: it is what keeps two servers apart.
  if (process.platform === 'linux' && isAlive(pid) && (await isUnused(folder))) {
    await rm(lockFileOf(cluster), { force: true });
  }
}

async function end(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await ended(pid, ORDERLY_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await ended(pid, IMMEDIATE_MS)) return;
  throw new Error(
    `The left-over PostgreSQL server does not end. End process ${pid} by hand, then start again.`,
  );
}

async function ended(pid: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (!isAlive(pid) || (await isZombie(pid))) return true;
    await delay(25);
  }
  return false;
}

/** The number in the lock file; undefined without a file. */
export async function readServerPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(lockFileOf(cluster), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A process that ended but was not yet collected by its parent still answers to signal 0. */
async function isZombie(pid: number): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return line.slice(line.lastIndexOf(')') + 2, line.lastIndexOf(')') + 3) === 'Z';
}

/** True for a process that has the cluster as its working folder, as every PostgreSQL process has. */
async function worksIn(pid: number | string, folder: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder;
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres') && stdout.includes(folder);
}

async function isUnused(folder: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const users = await Promise.all(pids.map((pid) => worksIn(pid, folder)));
  return !users.includes(true);
}
