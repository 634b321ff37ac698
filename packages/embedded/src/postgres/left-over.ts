import { readFile, readdir, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@souk/kit/log';
import { commandOf, endProcess, isAlive } from '../processes/process.js';

/** The server's own note of who runs on a cluster. */
export const lockFileOf = (cluster: string): string => path.join(cluster, 'postmaster.pid');

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
    await endProcess(pid, { name: 'PostgreSQL server', ask: 'SIGINT', insist: 'SIGQUIT' });
  }
  // A number that lives on as a zombie or as another program would make PostgreSQL refuse to start. The file may
  // go only when nobody works on the data any more: it is what keeps two servers apart.
  if (process.platform === 'linux' && isAlive(pid) && (await isUnused(folder))) {
    await rm(lockFileOf(cluster), { force: true });
  }
}

/** The number in the lock file; undefined without a file. */
export async function readServerPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(lockFileOf(cluster), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/** True for a process that has the cluster as its working folder, as every PostgreSQL process has. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder;
  const command = await commandOf(pid);
  return command.includes('postgres') && command.includes(folder);
}

async function isUnused(folder: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const users = await Promise.all(pids.map((pid) => worksIn(pid, folder)));
  return !users.includes(true);
}
