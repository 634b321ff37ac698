import { type ClientSession, type Db, MongoClient } from 'mongodb';
import type { Part } from '../manifest.js';
import { writePart } from '../parts.js';
import type { DatabaseSnapshot, HeldSnapshots, SnapshotSource } from '../snapshot.js';
import { describeCollections } from './describe-collections.js';
import { readMongoMarks } from './marks.js';

/** A service and the name of its database. */
export interface MongoPlace {
  readonly service: string;
  readonly database: string;
}

/**
 * MongoDB's databases. A replica set shows all of them as they were at one moment (a session of snapshots, which
 * MongoDB keeps for five minutes unless told otherwise). A standalone server cannot: its writers wait (`fsync` with
 * `lock`) until everything is read.
 */
export async function openMongoSource(url: string, places: readonly MongoPlace[]): Promise<SnapshotSource> {
  const client = await new MongoClient(url, { retryWrites: false, appName: 'souk backup' }).connect();
  const { setName, msg } = await client.db('admin').command({ hello: 1 });
  const version = String((await client.db('admin').command({ buildInfo: 1 }))['version']);
  const hold = setName !== undefined || msg === 'isdbgrid' ? holdBySession : holdByLock;
  return {
    async take(): Promise<HeldSnapshots> {
      const { session, release } = await hold(client);
      try {
        const databases: DatabaseSnapshot[] = [];
        for (const { service, database } of places) {
          const snapshot = await takeSnapshot({ service, database: client.db(database), session, version });
          if (snapshot) databases.push(snapshot);
        }
        return { databases, release };
      } catch (error) {
        await release();
        throw error;
      }
    },
    close: () => client.close(),
  };
}

/** What keeps the data as it is while it is read. */
interface Hold {
  readonly session?: ClientSession;
  readonly release: () => Promise<void>;
}

const holdBySession = async (client: MongoClient): Promise<Hold> => {
  const session = client.startSession({ snapshot: true });
  return { session, release: () => session.endSession() };
};

async function holdByLock(client: MongoClient): Promise<Hold> {
  const admin = client.db('admin');
  await admin.command({ fsync: 1, lock: true });
  let held = true;
  return {
    async release() {
      if (held) await admin.command({ fsyncUnlock: 1 });
      held = false;
    },
  };
}

async function takeSnapshot(source: {
  readonly service: string;
  readonly database: Db;
  readonly session: ClientSession | undefined;
  readonly version: string;
}): Promise<DatabaseSnapshot | undefined> {
  const { service, database, session, version } = source;
  const collections = await describeCollections(database);
  if (collections.length === 0) return undefined;
  const marks = await readMongoMarks(database, session);
  return {
    service,
    marks,
    async write(store, prefix) {
      const parts: Part[] = [];
      for (const [index, { name }] of collections.entries()) {
        let rows = 0;
        // `raw` gives the bytes of each document as they are stored: no type is lost on the way.
        const documents = database.collection(name).find({}, { raw: true, ...(session && { session }) });
        const bytes = async function* (): AsyncGenerator<Buffer> {
          for await (const document of documents) {
            rows += 1;
            yield document as unknown as Buffer;
          }
        };
        const written = await writePart(store, `${prefix}${String(index).padStart(4, '0')}.bson.gz`, bytes());
        parts.push({ ...written, name, rows });
      }
      const text = Buffer.from(JSON.stringify(collections, undefined, 1));
      const schema = await writePart(store, `${prefix}schema.json.gz`, [text]);
      return {
        service,
        kind: 'mongo',
        server: version,
        marks,
        schema: { ...schema, name: 'schema', rows: 0 },
        parts,
      };
    },
  };
}
