import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

/**
 * The files of a data folder. A generation is a snapshot (everything at one moment; none for the first generation) and
 * the log of what happened since. Compaction starts the next generation's log, writes its snapshot beside, and only
 * when that is complete removes what came before; so at any moment the newest snapshot with all logs from its number
 * on is the whole state.
 */
export const snapshotFile = (folder: string, generation: number): string =>
  path.join(folder, `snapshot-${String(generation).padStart(8, '0')}.bson`);
export const logFile = (folder: string, generation: number): string =>
  path.join(folder, `log-${String(generation).padStart(8, '0')}.bson`);
export const lockFile = (folder: string): string => path.join(folder, 'server.lock');

/** What a data folder holds. */
export interface Generations {
  /** The newest complete snapshot, 0 when there is none. */
  readonly snapshot: number;
  /** The logs to replay on top of it, in order. */
  readonly logs: readonly number[];
  /** Files of earlier generations and unfinished snapshots, to be removed. */
  readonly leftOver: readonly string[];
}

export function readGenerations(folder: string): Generations {
  const names = readdirSync(folder);
  const numbers = (kind: string): number[] =>
    names
      .map((name) => new RegExp(`^${kind}-(\\d{8})\\.bson$`).exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .sort((a, b) => a - b);
  const snapshots = numbers('snapshot');
  const snapshot = snapshots.at(-1) ?? 0;
  const logs = numbers('log');
  const leftOver = [
    ...snapshots.filter((each) => each < snapshot).map((each) => snapshotFile(folder, each)),
    ...logs.filter((each) => each < snapshot).map((each) => logFile(folder, each)),
    ...names.filter((name) => name.endsWith('.bson.tmp')).map((name) => path.join(folder, name)),
  ];
  return { snapshot, logs: logs.filter((each) => each >= snapshot), leftOver };
}

/** Makes renames and new files in a folder survive a power loss. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
