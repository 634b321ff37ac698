import type { BlobStore } from '@souk/kit/blobs';
import { ClearError } from '../clear-error.js';
import type { Steps } from '../console/steps.js';
import type { Servers } from '../databases/start-databases.js';
import { takeCut } from './cut.js';
import { type StoredService, placesOf } from './databases.js';
import { type DatabaseEntry, type Manifest, backupName, databasePrefix, manifestKey } from './manifest.js';
import { openMongoSource } from './mongo/snapshot.js';
import { openPostgresSource } from './postgres/snapshot.js';
import type { HeldSnapshots, SnapshotSource } from './snapshot.js';

/** What {@link createBackup} needs. */
export interface BackupOptions {
  readonly store: BlobStore;
  readonly services: readonly StoredService[];
  readonly servers: Servers;
  /** What {@link fingerprint} tells of the place's secret. */
  readonly secret: string;
  readonly steps: Steps;
  readonly clock: () => Date;
  /** Gives the backup up, and lets go of what it holds. @default never */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Backs up the databases of all services, while they are in use or not: each as it was at one moment, and all moments
 * so close that none knows of an event that another has not sent. The manifest is written last; without it the rest is
 * no backup.
 *
 * @returns the backup's name
 * @throws ClearError if there is nothing to back up, the signal's reason if it is given up
 */
export async function createBackup(options: BackupOptions): Promise<string> {
  const { services, servers, secret, steps, clock } = options;
  const store = givenUpBy(options.signal, options.store);
  const places = placesOf(services, servers);
  const createdAt = clock();
  const name = backupName(createdAt);
  const sources: SnapshotSource[] = [];
  const held: HeldSnapshots[] = [];
  try {
    // MongoDB first: if its writers have to wait, then until its snapshots are written and no longer.
    sources.push(await openMongoSource(servers.mongo, places.mongo));
    sources.push(await openPostgresSource(places.postgres));
    held.push(...(await steps.run('one moment of all databases', () => takeCut(sources))));
    const databases: DatabaseEntry[] = [];
    for (const { databases: snapshots, release } of held) {
      for (const snapshot of snapshots) {
        const prefix = databasePrefix(name, snapshot.service);
        databases.push(await steps.run(snapshot.service, () => snapshot.write(store, prefix)));
      }
      await release();
    }
    if (databases.length === 0) {
      throw new ClearError(
        'There is no database to back up. Start the shop once, or check DATABASE_URL and MONGODB_URL.',
      );
    }
    const manifest: Manifest = { format: 1, createdAt: createdAt.toISOString(), secret, databases };
    const text = Buffer.from(JSON.stringify(manifest, undefined, 2));
    await store.put(manifestKey(name), text, { contentType: 'application/json' });
    return name;
  } finally {
    for (const { release } of held) await release().catch(() => {});
    for (const source of sources) await source.close();
  }
}

/** The same store; what is being written to it ends at the signal, and so does the backup. */
function givenUpBy(signal: AbortSignal | undefined, store: BlobStore): BlobStore {
  if (!signal) return store;
  return {
    ...store,
    // Each blob has a signal of its own: listeners of hundreds would stay with the one.
    put: (key, body, options) => store.put(key, body, { ...options, signal: AbortSignal.any([signal]) }),
  };
}
