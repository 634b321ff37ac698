import { readFile, readdir, readlink } from 'node:fs/promises';

/** Memory of a shop, in megabytes of 1,000,000 bytes. */
export interface Memory {
  /** Resident pages of the launcher: gateway, subgraphs and the embedded MongoDB. */
  readonly launcher: number;
  /** The same plus PostgreSQL, where a page that several of its processes share counts once. */
  readonly everything: number;
}

/** Reads /proc, so it works on Linux only. */
export async function measureMemory(launcher: number, dataDir: string): Promise<Memory> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const servers: string[] = [];
  for (const pid of pids) {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (folder.startsWith(dataDir) && Number(pid) !== launcher) servers.push(pid);
  }
  const shares = await Promise.all(servers.map((pid) => kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss')));
  const own = await kilobytes(`/proc/${launcher}/status`, 'VmRSS');
  const toMegabytes = (kb: number): number => (kb * 1024) / 1_000_000;
  return {
    launcher: toMegabytes(own),
    everything: toMegabytes(shares.reduce((sum, share) => sum + share, own)),
  };
}

async function kilobytes(file: string, field: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}
