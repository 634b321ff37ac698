import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Logger } from '../options.js';
import { logFile, readGenerations, snapshotFile } from './files.js';
import { lockFolder } from './lock.js';
import { Log, type Durability } from './log.js';
import { readRecords } from './read-records.js';
import { freeze, writeSnapshot } from './snapshot.js';
import type { Store } from './store.js';

interface Dependencies {
  readonly folder: string;
  readonly durability: Durability;
  readonly store: Store;
  readonly logger: Logger;
  /** The log grows at least by this many bytes before it is compacted. */
  readonly compactBytes: number;
}

/** A store's data on disk: read at the start, appended to by every write, compacted now and then. */
export class DataFolder {
  readonly log: Log;
  private readonly deps: Dependencies;
  private readonly unlock: () => void;
  private generation: number;
  private snapshotBytes: number;
  private compaction: Promise<void> | undefined;

  private constructor(
    deps: Dependencies,
    unlock: () => void,
    log: Log,
    generation: number,
    snapshotBytes: number,
  ) {
    this.deps = deps;
    this.unlock = unlock;
    this.log = log;
    this.generation = generation;
    this.snapshotBytes = snapshotBytes;
  }

  /**
   * Locks the folder and fills the store from it.
   *
   * @throws FolderInUse when another server has it; Error when a file is damaged
   */
  static async open(deps: Dependencies): Promise<DataFolder> {
    const unlock = lockFolder(deps.folder);
    try {
      const { snapshot, logs, leftOver } = readGenerations(deps.folder);
      for (const file of leftOver) rmSync(file, { force: true });
      const replay = deps.store.replay();
      const snapshotBytes =
        snapshot === 0 ? 0 : readRecords(snapshotFile(deps.folder, snapshot), replay, 'refuse');
      let bytes = 0;
      for (const generation of logs) {
        const last = generation === logs.at(-1);
        bytes = readRecords(logFile(deps.folder, generation), replay, last ? 'cut' : 'refuse');
      }
      const generation = logs.at(-1) ?? Math.max(1, snapshot);
      const log = await Log.open(deps.folder, deps.durability, generation, bytes);
      return new DataFolder(deps, unlock, log, generation, snapshotBytes);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** Starts a compaction when the log has outgrown what it would be replaced by. */
  compactIfWorthwhile(): void {
    if (this.compaction !== undefined || this.log.broken !== undefined) return;
    if (this.log.bytes < Math.max(this.deps.compactBytes, this.snapshotBytes)) return;
    this.compaction = this.compact()
      .catch((error: unknown) => {
        // the old files are still there and complete, so nothing is lost; the next growth tries again
        this.deps.logger.warn(
          { err: error },
          'the embedded MongoDB server could not compact its data folder',
        );
      })
      .finally(() => (this.compaction = undefined));
  }

  async close(): Promise<void> {
    await this.compaction;
    await this.log.close();
    this.unlock();
  }

  private async compact(): Promise<void> {
    const { folder, store } = this.deps;
    const next = this.generation + 1;
    await this.log.turn(next);
    if (this.log.broken !== undefined) return;
    this.generation = next;
    const frozen = freeze(store);
    await writeSnapshot(folder, next, frozen);
    this.snapshotBytes = frozen
      .flatMap((each) => each.documents)
      .reduce((sum, raw) => sum + raw.byteLength, 0);
    for (const old of readGenerations(folder).leftOver) await rm(old, { force: true });
  }
}
