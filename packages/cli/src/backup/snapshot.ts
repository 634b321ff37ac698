import type { BlobStore } from '@souk/kit/blobs';
import type { DatabaseEntry, Marks } from './manifest.js';

/** One service's database as it was at one moment, for as long as it is held. */
export interface DatabaseSnapshot {
  readonly service: string;
  readonly marks: Marks;
  /** Writes all of it below `prefix`. */
  write(store: BlobStore, prefix: string): Promise<DatabaseEntry>;
}

/** Snapshots of the databases of one server that were taken together. */
export interface HeldSnapshots {
  readonly databases: readonly DatabaseSnapshot[];
  /** Lets the server forget them. Safe to call twice. */
  release(): Promise<void>;
}

/** Where snapshots come from; databases that do not exist are left out. */
export interface SnapshotSource {
  take(): Promise<HeldSnapshots>;
  close(): Promise<void>;
}
