import { readFile, readdir, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@souk/kit/log';
import { commandOf, endProcess, isAlive } from '../processes/process.js';

/** The server's own note of who runs on a cluster. */
export const lockFileOf = (cluster: string): string => path.join(cluster, 'postmaster.pid');

/**
 * Ends what an earlier, killed Souk left running on this cluster: its server, or the processes that outlived the
 * server and still compute. Clears the lock file of one that was killed itself. Call it only while holding the data
 * folder's lock.
 *
 * @throws Error naming the process that does not end.
 */
export async function clearLeftOver(cluster: string, logger: Pick<Logger, 'warn'>): Promise<void> {
  const pid = await readServerPid(cluster);
  if (pid === undefined) return; // The last server ended in order.
  const folder = await realpath(cluster);
  if (isAlive(pid) && (await worksIn(pid, folder))) {
    logger.warn({ pid }, 'stopping the PostgreSQL server that an earlier run left behind');
    await endProcess(pid, { name: 'PostgreSQL server', ask: 'SIGINT', insist: 'SIGQUIT' });
  }
  if (process.platform !== 'linux') return; // Only there the kernel tells who works on the data.
  await endOrphans(folder, logger);
  // PostgreSQL itself replaces the file of a dead process. A number that lives on as a zombie or as another program
  // would make it refuse to start. The file may go only when nobody works on the data any more: it is what keeps two
  // servers apart.
  if (isAlive(pid) && (await usersOf(folder)).length === 0) await rm(lockFileOf(cluster), { force: true });
}

/**
 * A query that only computes does not notice that its server was killed, and no other server may start beside it.
 * SIGQUIT is what the server itself sends in an emergency: the process ends at once, and writes nothing any more.
 */
async function endOrphans(folder: string, logger: Pick<Logger, 'warn'>): Promise<void> {
  for (const pid of await usersOf(folder)) {
    // Somebody's shell may stand in the folder, too.
    if (!(await isPostgres(pid))) continue;
    logger.warn({ pid }, 'ending a PostgreSQL process that outlived its server');
    await endProcess(pid, { name: 'PostgreSQL process', ask: 'SIGQUIT', insist: 'SIGKILL' });
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

const isPostgres = async (pid: number): Promise<boolean> =>
  path.basename(await readlink(`/proc/${pid}/exe`).catch(() => '')).startsWith('postgres');

async function usersOf(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const works = await Promise.all(pids.map((pid) => worksIn(pid, folder)));
  return pids.filter((_, index) => works[index]);
}
