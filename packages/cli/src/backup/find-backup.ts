import { buffer } from 'node:stream/consumers';
import type { BlobInfo, BlobStore } from '@souk/kit/blobs';
import { ClearError } from '../clear-error.js';
import { BACKUPS, type Manifest, backupOf, manifestKey, manifestSchema } from './manifest.js';

/** A backup as a listing shows it. */
export interface BackupSummary {
  readonly name: string;
  /** All its blobs, in bytes. */
  readonly bytes: number;
  /** False for one that was cut off: it cannot be restored. */
  readonly isComplete: boolean;
}

/** All backups of a store, oldest first. */
export async function listBackups(store: BlobStore): Promise<BackupSummary[]> {
  const found = new Map<string, { bytes: number; isComplete: boolean }>();
  for await (const { key, size } of allBlobs(store)) {
    const name = backupOf(key);
    const known = found.get(name) ?? { bytes: 0, isComplete: false };
    found.set(name, {
      bytes: known.bytes + size,
      isComplete: known.isComplete || key === manifestKey(name),
    });
  }
  return [...found].map(([name, summary]) => ({ name, ...summary }));
}

async function* allBlobs(store: BlobStore): AsyncGenerator<BlobInfo> {
  for (let after: string | undefined; ;) {
    const page = await store.list({ prefix: BACKUPS, ...(after !== undefined && { after }) });
    yield* page.blobs;
    after = page.next;
    if (after === undefined) return;
  }
}

/**
 * Finds the newest complete backup, or the one that is named.
 *
 * @throws ClearError if there is none, or it is incomplete
 */
export async function findBackup(
  store: BlobStore,
  wanted?: string,
): Promise<{ name: string; manifest: Manifest }> {
  const all = await listBackups(store);
  const name = wanted ?? all.findLast(({ isComplete }) => isComplete)?.name;
  const summary = all.find((backup) => backup.name === name);
  if (name === undefined || summary === undefined) {
    throw new ClearError(
      wanted === undefined
        ? 'There is no complete backup here. "souk backups" lists what there is.'
        : `There is no backup ${wanted} here. "souk backups" lists what there is.`,
    );
  }
  const blob = summary.isComplete ? await store.get(manifestKey(name)) : undefined;
  if (blob === undefined) {
    throw new ClearError(`The backup ${name} is incomplete: it was cut off before its end. Use another one.`);
  }
  return { name, manifest: readManifest(name, await buffer(blob.body)) };
}

function readManifest(name: string, bytes: Buffer): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(bytes.toString()));
  } catch (cause) {
    throw new ClearError(
      `The manifest of the backup ${name} cannot be read: it is damaged, or of another version of souk.`,
      { cause },
    );
  }
}
