import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedMongo, startEmbeddedMongo } from '@souk/embedded/mongo';
import { createFolderBlobs } from '@souk/kit/blobs';
import { Binary, type Document, Double, Int32, Long, MongoClient, ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeCollections } from './describe-collections.js';
import { isMongoEmpty, loadMongo } from './load.js';
import { openMongoSource } from './snapshot.js';

let server: EmbeddedMongo;
let client: MongoClient;
let folder: string;
beforeAll(async () => {
  server = await startEmbeddedMongo({ production: false });
  client = await new MongoClient(server.url, { retryWrites: false }).connect();
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-backup-'));
});
afterAll(async () => {
  await client.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('documents of every type, and indexes of every kind, come back as they were', async () => {
  const was = client.db('was');
  await was.collection<Document & { _id: unknown }>('types').insertMany([
    { _id: 1, int: new Int32(5), double: new Double(5), long: Long.fromString('9007199254740999') },
    { _id: 'text', nested: { list: [1, { a: null }], '€': 'كتاب 😀' }, at: new Date(-1), yes: true },
    { _id: new ObjectId('0123456789abcdef01234567'), bytes: new Binary(Buffer.from('abc'), 4) },
    { _id: { key: 1 }, empty: {}, none: [] },
  ]);
  await was.createCollection('empty');
  await was
    .collection('many')
    .insertMany(Array.from({ length: 2_500 }, (_, n) => ({ n, text: 'x'.repeat(n % 700) })));
  await was
    .collection('large')
    .insertMany(Array.from({ length: 5 }, (_, n) => ({ n, bytes: Buffer.alloc(3_000_000, n) })));
  await was.collection('types').createIndexes([
    { key: { int: 1, double: -1 }, name: 'compound' },
    { key: { long: 1 }, name: 'unique sparse', unique: true, sparse: true },
    { key: { yes: 1 }, name: 'partial', partialFilterExpression: { yes: true } },
  ]);
  await was.collection('empty').createIndex({ position: 1 }, { name: 'position', unique: true });

  const store = createFolderBlobs({ folder });
  const source = await openMongoSource(server.url, [
    { service: 'was', database: 'was' },
    { service: 'absent', database: 'nothing_here' },
  ]);
  const held = await source.take();
  expect(held.databases.map(({ service }) => service)).toEqual(['was']);
  const entry = await held.databases[0]?.write(store, 'backups/b/was/');
  await held.release();
  await source.close();
  if (!entry) throw new Error('there is one database');
  expect(entry.parts.map(({ name, rows }) => `${name} ${rows}`)).toEqual([
    'empty 0',
    'large 5',
    'many 2500',
    'types 4',
  ]);

  const is = client.db('is');
  expect(await isMongoEmpty(is)).toBe(true);
  await loadMongo(store, entry, is);
  expect(await isMongoEmpty(is)).toBe(false);
  expect(await describeCollections(is)).toEqual(await describeCollections(was));
  for (const { name } of entry.parts) {
    // The bytes themselves: what a driver makes of them would hide a changed type.
    const bytesIn = async (database: typeof is): Promise<Buffer> => {
      const raw = await database.collection(name).find({}, { raw: true }).toArray();
      return Buffer.concat(raw as unknown as Buffer[]);
    };
    expect((await bytesIn(is)).equals(await bytesIn(was))).toBe(true);
  }
});

test('what is read is of one moment: writers wait, and go on when all is read or it is given up', async () => {
  const database = client.db('moment');
  const [left, right] = [
    database.collection<{ _id: number; n: number }>('a'),
    database.collection<{ _id: number; n: number }>('z'),
  ];
  await left.insertOne({ _id: 1, n: 1_000 });
  await right.insertOne({ _id: 1, n: 0 });
  let stop = false;
  const moving = (async () => {
    let moved = 0;
    for (; !stop; moved += 1) {
      await left.updateOne({ _id: 1 }, { $inc: { n: -1 } });
      await right.updateOne({ _id: 1 }, { $inc: { n: 1 } });
    }
    return moved;
  })();
  const source = await openMongoSource(server.url, [{ service: 'moment', database: 'moment' }]);
  try {
    const held = await source.take();
    const seen: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      seen.push(((await right.findOne({ _id: 1 }))?.n ?? 0) + ((await left.findOne({ _id: 1 }))?.n ?? 0));
    }
    expect(new Set(seen).size).toBe(1);
    expect([999, 1_000]).toContain(seen[0]);
    await held.release();
    await held.release();
    const before = (await right.findOne({ _id: 1 }))?.n ?? 0;
    await expect.poll(async () => (await right.findOne({ _id: 1 }))?.n).toBeGreaterThan(before);
    // Given up without being released: the connection takes the lock along.
    await source.take();
  } finally {
    await source.close();
  }
  const after = (await right.findOne({ _id: 1 }))?.n ?? 0;
  await expect.poll(async () => (await right.findOne({ _id: 1 }))?.n).toBeGreaterThan(after);
  stop = true;
  expect(await moving).toBeGreaterThan(0);
});
