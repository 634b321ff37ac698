import type { BlobStore } from '@souk/kit/blobs';
import { MongoClient } from 'mongodb';
import { ClearError, messageOf } from '../clear-error.js';
import type { Steps } from '../console/steps.js';
import type { Servers } from '../databases/start-databases.js';
import { databasesOf } from '../services/databases-of.js';
import { type LogRepair, alignLogs } from './align-logs.js';
import { brokerOf } from './broker.js';
import type { StoredService } from './databases.js';
import { findBackup } from './find-backup.js';
import type { DatabaseEntry } from './manifest.js';
import { isMongoEmpty, loadMongo } from './mongo/load.js';
import { verifyPart } from './parts.js';
import { dropPostgres, isPostgresEmpty, loadPostgres } from './postgres/load.js';

/** What {@link restoreBackup} needs. */
export interface RestoreOptions {
  readonly store: BlobStore;
  readonly services: readonly StoredService[];
  readonly servers: Servers;
  readonly steps: Steps;
  readonly clock: () => Date;
  /** The broker that the restored shop will use. @default none */
  readonly amqpUrl?: string | undefined;
  /** @default the newest complete one */
  readonly backup?: string | undefined;
  /** Restores the database of this service alone. @default all */
  readonly only?: string | undefined;
  /** Removes the data that is there. @default false */
  readonly force?: boolean;
}

/** What came of a restore. */
export interface Restored {
  readonly name: string;
  readonly secret: string;
  readonly repairs: readonly LogRepair[];
  /** Messages that the broker held and holds no more. */
  readonly forgotten: number;
}

/**
 * Restores a backup into an empty place: first every checksum is verified, then each database is made as it was, then
 * the event logs are aligned. Queues of the broker are emptied before: what was sent after the backup has no cause any
 * more. Nobody else may use the databases meanwhile.
 *
 * @throws ClearError if the backup is incomplete or damaged, or the place is not empty, or a shop is running at the
 * broker; nothing was changed then
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { store, services, servers, steps, force = false } = options;
  const { name, manifest } = await findBackup(store, options.backup);
  const entries = chosen(manifest.databases, options);
  await steps.run(`checksums of ${name}`, async () => {
    for (const { schema, parts } of entries) {
      for (const part of [schema, ...parts]) await verifyPart(store, part);
    }
  });
  const mongo = await new MongoClient(servers.mongo, {
    retryWrites: false,
    writeConcern: { w: 'majority', journal: true },
    appName: 'souk restore',
  }).connect();
  try {
    const targets = entries.map((entry) => targetOf(entry, servers, mongo));
    const broker = brokerOf(options.amqpUrl, services);
    await broker.requireQuiet();
    await requireEmpty(targets, force);
    const forgotten = await broker.forget();
    for (const { entry, load } of targets) {
      await steps
        .run(entry.service, () => load(store))
        .catch((cause: unknown) => {
          throw new ClearError(
            `The database of ${entry.service} could not be restored: ${messageOf(cause)} The place is half restored: put this right, and run the same with --force.`,
            { cause },
          );
        });
    }
    const repairs = await alignLogs({ services, servers, mongo, clock: options.clock });
    return { name, secret: manifest.secret, repairs, forgotten };
  } finally {
    await mongo.close();
  }
}

function chosen(
  entries: readonly DatabaseEntry[],
  { only, services }: RestoreOptions,
): readonly DatabaseEntry[] {
  const unknown = entries.find(({ service }) => services.every(({ name }) => name !== service));
  if (unknown) {
    throw new ClearError(
      `The backup has data of ${unknown.service}, which this version of souk does not know.`,
    );
  }
  if (only === undefined) return entries;
  const found = entries.filter(({ service }) => service === only);
  if (found.length > 0) return found;
  const names = entries.map(({ service }) => service).join(', ');
  throw new ClearError(`The backup has no database of "${only}". It has ${names}.`);
}

/** A database that is about to be made. */
interface Target {
  readonly entry: DatabaseEntry;
  isEmpty(): Promise<boolean>;
  clear(): Promise<void>;
  load(store: BlobStore): Promise<void>;
}

function targetOf(entry: DatabaseEntry, servers: Servers, client: MongoClient): Target {
  const { databaseUrl, mongo } = databasesOf(entry.service, servers);
  const database = client.db(mongo.database);
  return entry.kind === 'postgres'
    ? {
        entry,
        isEmpty: () => isPostgresEmpty(databaseUrl),
        clear: () => dropPostgres(databaseUrl),
        load: (store) => loadPostgres(store, entry, databaseUrl),
      }
    : {
        entry,
        isEmpty: () => isMongoEmpty(database),
        clear: async () => void (await database.dropDatabase()),
        load: (store) => loadMongo(store, entry, database),
      };
}

async function requireEmpty(targets: readonly Target[], force: boolean): Promise<void> {
  const full: Target[] = [];
  for (const target of targets) if (!(await target.isEmpty())) full.push(target);
  if (full.length > 0 && !force) {
    const names = full.map(({ entry }) => entry.service).join(', ');
    throw new ClearError(
      `There is data already: the databases of ${names} are not empty. Nothing was changed. ` +
        'Restore into an empty place (another SOUK_DATA_DIR, other servers), or remove that data with --force.',
    );
  }
  for (const target of full) await target.clear();
}
