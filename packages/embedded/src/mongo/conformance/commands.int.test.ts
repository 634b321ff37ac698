import { Binary, Double, Int32, Long, MongoBulkWriteError, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { conformance } from './__fixtures__/servers.js';

conformance('commands', (target) => {
  it('presents itself as a standalone server', async () => {
    const hello = await target.db.admin().command({ hello: 1 });
    expect(hello).toMatchObject({
      ok: 1,
      isWritablePrimary: true,
      maxBsonObjectSize: 16777216,
      maxWriteBatchSize: 100000,
    });
    expect(hello).not.toHaveProperty('setName');
    expect(hello).not.toHaveProperty('msg');
    expect(await target.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    expect(await target.db.admin().command({ buildInfo: 1 })).toHaveProperty('version');
  });

  it('gives every type back as it came', async () => {
    const doc = {
      _id: new ObjectId(),
      int: new Int32(5),
      wholeDouble: new Double(5),
      double: new Double(1.5),
      long: Long.fromString('9007199254740999'),
      small: Long.fromNumber(1),
      date: new Date(1234567890123),
      past: new Date(-1),
      text: 'käse \u{1F9C0}',
      yes: true,
      nothing: null,
      bytes: new Binary(Buffer.from('abc')),
      array: [new Int32(1), { a: [] }],
      nested: { a: { b: {} } },
    };
    const collection = await target.fill(doc);
    expect(
      await collection.findOne({ _id: doc._id }, { promoteValues: false, promoteBuffers: false }),
    ).toEqual(doc);
  });

  it('puts _id first and makes one where there is none', async () => {
    const collection = await target.fill();
    await target.db.command({ insert: collection.collectionName, documents: [{ a: 1, _id: 7 }, { b: 1 }] });
    const found = await collection.find().sort({ a: -1 }).toArray();
    expect(Object.keys(found[0] ?? {})).toEqual(['_id', 'a']);
    expect(found[1]?._id).toBeInstanceOf(ObjectId);
  });

  it('goes on after an error only when the batch is unordered', async () => {
    const collection = await target.fill();
    const documents = [{ _id: 10 }, { _id: 10 }, { _id: 11 }];
    const ordered = await collection.insertMany(documents).catch((error: unknown) => error);
    expect(ordered).toBeInstanceOf(MongoBulkWriteError);
    expect(ordered).toMatchObject({ code: 11000, insertedCount: 1 });
    await collection.deleteMany({});
    const unordered = await collection
      .insertMany(documents, { ordered: false })
      .catch((error: unknown) => error);
    expect(unordered).toMatchObject({ code: 11000, insertedCount: 2 });
    expect(await collection.countDocuments()).toBe(2);
  });

  it('runs bulk writes in order', async () => {
    const collection = await target.fill();
    const result = await collection.bulkWrite([
      { insertOne: { document: { _id: 1, a: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { a: 1 } } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { a: 5 } }, upsert: true } },
      { replaceOne: { filter: { _id: 2 }, replacement: { a: 6 } } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 2,
      modifiedCount: 2,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect(await collection.find().toArray()).toEqual([{ _id: 2, a: 6 }]);
  });

  describe('cursors', () => {
    it('hand a result out in batches', async () => {
      const collection = await target.fill(...Array.from({ length: 300 }, (_, n) => ({ _id: n })));
      const cursor = collection.find({}).sort({ _id: 1 }).batchSize(50);
      const seen: unknown[] = [];
      for await (const each of cursor) seen.push(each._id);
      expect(seen).toEqual(Array.from({ length: 300 }, (_, n) => n));
      expect(await collection.find().skip(290).limit(20).toArray()).toHaveLength(10);
      expect(await collection.find().toArray()).toHaveLength(300);
    });

    it('can be killed', async () => {
      const collection = await target.fill(...Array.from({ length: 10 }, (_, n) => ({ _id: n })));
      const name = collection.collectionName;
      const opened = await target.db.command({ find: name, batchSize: 2 }, { promoteLongs: false });
      const { id } = opened['cursor'] as { id: Long };
      const killed = await target.db.command({ killCursors: name, cursors: [id] });
      expect(killed['cursorsKilled']).toHaveLength(1);
      await expect(target.db.command({ getMore: id, collection: name })).rejects.toMatchObject({ code: 43 });
    });

    it('send batches that fit into a message', async () => {
      const text = 'x'.repeat(1024 * 1024);
      const collection = await target.fill(...Array.from({ length: 40 }, (_, n) => ({ _id: n, text })));
      const found = await collection.find().batchSize(100).toArray();
      expect(found).toHaveLength(40);
    });
  });

  it('counts', async () => {
    const collection = await target.fill({ a: 1 }, { a: 1 }, { a: 2 });
    expect(await collection.estimatedDocumentCount()).toBe(3);
    expect(await collection.countDocuments()).toBe(3);
    expect(await collection.countDocuments({ a: 1 }, { skip: 1 })).toBe(1);
    expect(await collection.countDocuments({ a: 9 })).toBe(0);
    expect(
      await target.db.command({ count: collection.collectionName, query: { a: 1 }, limit: 1 }),
    ).toMatchObject({ n: 1 });
  });

  it('lists distinct values, those of arrays one by one', async () => {
    const collection = await target.fill(
      { _id: 1, a: 1, b: [{ c: 'x' }, { c: 'y' }] },
      { _id: 2, a: [1, 2, new Double(1)], b: { c: 'x' } },
      { _id: 3, a: null },
      { _id: 4 },
    );
    expect(await collection.distinct('a')).toEqual([null, 1, 2]);
    expect(await collection.distinct('b.c', { _id: { $lt: 3 } })).toEqual(['x', 'y']);
  });

  it('answers unknown commands and arguments with errors', async () => {
    await expect(target.db.command({ bogus: 1 })).rejects.toMatchObject({ code: 59 });
    const unknown = target.db.command({ find: 'x', bogus: 1 });
    await expect(unknown).rejects.toMatchObject({ code: 40415 });
    await expect(target.db.command({ insert: 'x', documents: [] })).rejects.toBeDefined();
  });

  it('refuses transactions as a standalone does', async () => {
    const lsid = { id: new Binary(Buffer.alloc(16, 7), 4) };
    const transaction = { txnNumber: Long.ONE, startTransaction: true, autocommit: false };
    const command = target.db.admin().command({ find: 'x', ...transaction, lsid });
    await expect(command).rejects.toBeDefined();
    const session = target.client.startSession();
    const collection = await target.fill();
    await expect(
      session.withTransaction(() => collection.insertOne({ a: 1 }, { session })),
    ).rejects.toBeDefined();
    await session.endSession();
    expect(await collection.countDocuments()).toBe(0);
  });

  it('refuses change streams as a standalone does', async () => {
    const stream = (await target.fill()).watch();
    await expect(stream.next()).rejects.toMatchObject({ code: 40573 });
    await stream.close();
  });

  it('writes with sessions and write concerns', async () => {
    const collection = await target.fill();
    const session = target.client.startSession();
    await collection.insertOne(
      { a: 1 },
      {
        session,
        writeConcern: { w: 'majority', journal: true },
      },
    );
    expect(await collection.findOne({ a: 1 }, { session, readConcern: { level: 'majority' } })).toMatchObject(
      { a: 1 },
    );
    await session.endSession();
    await expect(collection.insertOne({ a: 2 }, { writeConcern: { w: 2 } })).rejects.toMatchObject({
      code: 2,
    });
    await collection.insertOne({ a: 3 }, { writeConcern: { w: 0 } });
    await expect.poll(() => collection.countDocuments({ a: 3 })).toBe(1);
  });

  it('keeps writes waiting while they are locked, and answers reads', async () => {
    const collection = await target.fill({ _id: 1, a: 1 });
    const admin = target.client.db('admin');
    const counts: number[] = [];
    const lock = async (command: object): Promise<void> => {
      const { lockCount } = await admin.command({ ...command }, { promoteLongs: true });
      // a long, which the driver gives as a number
      counts.push(lockCount as number);
    };
    await lock({ fsync: 1, lock: true });
    await lock({ fsync: 1, lock: true });
    let written = false;
    const writing = collection.updateOne({ _id: 1 }, { $set: { a: 2 } }).then(() => (written = true));
    try {
      for (let n = 0; n < 20; n += 1) expect(await collection.findOne({ _id: 1 })).toMatchObject({ a: 1 });
      await lock({ fsyncUnlock: 1 });
      expect(await collection.findOne({ _id: 1 })).toMatchObject({ a: 1 });
      expect(written).toBe(false);
    } finally {
      await lock({ fsyncUnlock: 1 });
    }
    await writing;
    expect(counts).toEqual([1, 2, 1, 0]);
    expect(await collection.findOne({ _id: 1 })).toMatchObject({ a: 2 });
    await expect(admin.command({ fsyncUnlock: 1 })).rejects.toMatchObject({ code: 20 });
    await expect(target.db.command({ fsync: 1, lock: true })).rejects.toMatchObject({ code: 13 });
  });

  it('creates, lists and drops collections and databases', async () => {
    const other = target.client.db(`${target.db.databaseName}_b`);
    await other.createCollection('one');
    await other.collection('two').insertOne({ a: 1 });
    const names = await other.listCollections({ name: 'one' }).toArray();
    expect(names).toMatchObject([
      { name: 'one', type: 'collection', idIndex: { name: '_id_', key: { _id: 1 } } },
    ]);
    expect(
      (await other.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort(),
    ).toEqual(['one', 'two']);
    const { databases } = await target.client.db().admin().listDatabases({ nameOnly: true });
    expect(databases.map(({ name }) => name)).toContain(other.databaseName);
    expect(await other.collection('two').drop()).toBe(true);
    await other.dropDatabase();
    expect(await other.listCollections().toArray()).toEqual([]);
  });
});
