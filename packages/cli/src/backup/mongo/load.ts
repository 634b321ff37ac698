import type { BlobStore } from '@souk/kit/blobs';
import { BSON, type Db, type Document, type IndexDescription } from 'mongodb';
import { ClearError } from '../../clear-error.js';
import type { DatabaseEntry, Part } from '../manifest.js';
import { chunksOf, readWholePart } from '../parts.js';
import { collectionsSchema } from './describe-collections.js';

export const isMongoEmpty = async (database: Db): Promise<boolean> =>
  (await database.listCollections({}, { nameOnly: true }).toArray()).length === 0;

/** Makes collections, documents and indexes as they were. */
export async function loadMongo(store: BlobStore, entry: DatabaseEntry, database: Db): Promise<void> {
  const text = await readWholePart(store, entry.schema);
  const shapes = collectionsSchema.parse(JSON.parse(text.toString()));
  for (const [index, { name, options, indexes }] of shapes.entries()) {
    const part = entry.parts[index];
    if (part?.name !== name) {
      throw new ClearError(`The manifest of ${entry.service} does not fit its schema. Use another backup.`);
    }
    await database.createCollection(name, options);
    await insertAll(database, store, part);
    // What was described is what the command takes.
    if (indexes.length > 0) await database.collection(name).createIndexes(indexes as IndexDescription[]);
  }
}

/** Enough to be quick, and far below what a message may hold. */
const BATCH_BYTES = 4 * 1_048_576;
const BATCH = 1_000;

async function insertAll(database: Db, store: BlobStore, part: Part): Promise<void> {
  const collection = database.collection(part.name);
  let batch: Document[] = [];
  let bytes = 0;
  let rows = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: true });
    rows += batch.length;
    batch = [];
    bytes = 0;
  };
  for await (const raw of documentsIn(chunksOf(store, part))) {
    // Kept as the types they were stored as: 5 and 5.0 are two things in BSON.
    batch.push(BSON.deserialize(raw, { promoteValues: false, promoteBuffers: false, bsonRegExp: true }));
    bytes += raw.byteLength;
    if (batch.length === BATCH || bytes > BATCH_BYTES) await flush();
  }
  await flush();
  if (rows === part.rows) return;
  throw new ClearError(`${part.name} has ${part.rows} documents in the backup, but ${rows} arrived.`);
}

/** Cuts a stream of documents, each of which begins with its length. */
async function* documentsIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.byteLength === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    while (rest.byteLength - start >= 4) {
      const end = start + rest.readInt32LE(start);
      if (end > rest.byteLength) break;
      yield rest.subarray(start, end);
      start = end;
    }
    rest = rest.subarray(start);
  }
  if (rest.byteLength > 0) throw new ClearError('A document of the backup is cut off. Use another backup.');
}
