import type { Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { conformance } from './__fixtures__/servers.js';

conformance('indexes', (target) => {
  it('enforces uniqueness, and says which key', async () => {
    const collection = await target.fill({ _id: 1, email: 'a' });
    await collection.createIndex({ email: 1 }, { unique: true });
    const duplicate = collection.insertOne({ email: 'a' });
    await expect(duplicate).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a' },
    });
    await expect(collection.insertOne({ _id: 1 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
    });
    await collection.insertOne({ _id: 2, email: 'b' });
    await expect(collection.updateOne({ _id: 2 }, { $set: { email: 'a' } })).rejects.toMatchObject({
      code: 11000,
      message: expect.stringMatching(
        /^E11000 duplicate key error collection: .* index: email_1 dup key: \{ email: "a" \}/,
      ) as string,
    });
    await collection.updateOne({ _id: 1 }, { $set: { email: 'c' } });
    await collection.updateOne({ _id: 2 }, { $set: { email: 'a' } });
    await collection.deleteOne({ _id: 2 });
    await collection.insertOne({ email: 'a' });
  });

  it('counts a missing field as null, once', async () => {
    const collection = await target.fill({ _id: 1 });
    await collection.createIndex({ a: 1 }, { unique: true });
    await expect(collection.insertOne({ b: 1 })).rejects.toMatchObject({ code: 11000 });
    await expect(collection.insertOne({ a: null })).rejects.toMatchObject({ code: 11000 });
  });

  it('sees numbers of different types as one value', async () => {
    const collection = await target.fill({ a: 1 });
    await collection.createIndex({ a: 1 }, { unique: true });
    await expect(
      target.db.command({ insert: collection.collectionName, documents: [{ a: 1.0 }] }),
    ).resolves.toMatchObject({
      n: 0,
      writeErrors: [{ code: 11000 }],
    });
  });

  it('leaves documents out of a sparse index', async () => {
    const collection = await target.fill({ _id: 1 }, { _id: 2 }, { _id: 3, a: 1 });
    await collection.createIndex({ a: 1 }, { unique: true, sparse: true });
    await collection.insertOne({ b: 1 });
    await expect(collection.insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
    expect(await collection.countDocuments({ a: null })).toBe(3);
    expect(await collection.find().sort({ a: 1 }).toArray()).toHaveLength(4);
  });

  it('leaves documents out of a partial index', async () => {
    const collection = await target.fill();
    await collection.createIndex(
      { a: 1, b: 1 },
      { unique: true, partialFilterExpression: { b: { $exists: true }, open: true } },
    );
    await collection.insertMany([{ a: 1 }, { a: 1 }, { a: 1, b: 1 }, { a: 1, b: 1, open: true }]);
    await expect(collection.insertOne({ a: 1, b: 1, open: true })).rejects.toMatchObject({ code: 11000 });
    expect(await collection.countDocuments({ a: 1 })).toBe(4);
    expect(await collection.countDocuments({ a: 1, b: 1, open: true })).toBe(1);
    await collection.updateOne({ open: true }, { $set: { open: false } });
    await collection.insertOne({ a: 1, b: 1, open: true });
  });

  it('is unique per element of an array, but not inside one document', async () => {
    const collection = await target.fill({ _id: 1, tags: ['a', 'b', 'a'] });
    await collection.createIndex({ tags: 1 }, { unique: true });
    await expect(collection.insertOne({ tags: ['c', 'b'] })).rejects.toMatchObject({ code: 11000 });
    await collection.insertOne({ tags: ['c', 'd'] });
    expect(await collection.countDocuments({ tags: 'c' })).toBe(1);
    expect(await collection.countDocuments({ tags: { $gt: 'a', $lt: 'c' } })).toBe(1);
  });

  it('refuses two arrays in one compound index', async () => {
    const collection = await target.fill();
    await collection.createIndex({ a: 1, b: 1 });
    await collection.insertMany([
      { a: [1, 2], b: 1 },
      { a: 1, b: [1, 2] },
    ]);
    await expect(collection.insertOne({ a: [1], b: [2] })).rejects.toMatchObject({ code: 171 });
  });

  it('refuses to be created over duplicates', async () => {
    const collection = await target.fill({ a: 1 }, { a: 1 });
    await expect(collection.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await collection.indexes()).toHaveLength(1);
  });

  it('lists what was created', async () => {
    const collection = await target.fill({ a: 1 });
    await collection.createIndex({ a: 1, 'b.c': -1 }, { unique: true, name: 'mine' });
    await collection.createIndex({ z: 1 }, { sparse: true });
    await collection.createIndex({ y: 1 }, { partialFilterExpression: { y: { $gt: 0 } } });
    expect(await collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, 'b.c': -1 }, name: 'mine', unique: true },
      { v: 2, key: { z: 1 }, name: 'z_1', sparse: true },
      { v: 2, key: { y: 1 }, name: 'y_1', partialFilterExpression: { y: { $gt: 0 } } },
    ]);
  });

  it('creates the same index twice without harm, and refuses another of its name or key', async () => {
    const collection = await target.fill({ a: 1 });
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ a: 1 });
    expect(await collection.indexes()).toHaveLength(2);
    await expect(collection.createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
    await expect(collection.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 });
    await expect(collection.createIndex({ b: 1 }, { name: 'a_1' })).rejects.toMatchObject({ code: 86 });
  });

  it('drops', async () => {
    const collection = await target.fill({ a: 1 });
    await collection.createIndex({ a: 1 }, { unique: true });
    await collection.createIndex({ b: 1 });
    await collection.dropIndex('a_1');
    await collection.insertOne({ a: 1 });
    await expect(collection.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
    await expect(collection.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
    await collection.dropIndexes();
    expect(await collection.indexes()).toHaveLength(1);
    await expect(target.db.collection('nowhere').indexes()).rejects.toMatchObject({ code: 26 });
  });

  describe('sorting by an index', () => {
    it.each<[string, Document, Document]>([
      ['forwards', { a: 1 }, { a: 1, _id: 1 }],
      ['backwards', { a: 1 }, { a: -1, _id: -1 }],
      ['compound', { a: 1, b: -1 }, { a: 1, b: -1, _id: 1 }],
      ['compound, all turned round', { a: 1, b: -1 }, { a: -1, b: 1, _id: 1 }],
      ['compound, half turned round', { a: 1, b: -1 }, { a: 1, b: 1, _id: 1 }],
      ['behind an equality', { a: 1, b: 1 }, { b: -1, _id: 1 }],
    ])('%s', async (_name, key, sort) => {
      const documents = Array.from({ length: 60 }, (_, n) => ({
        _id: n,
        a: n % 4,
        b: (n * 7) % 5,
        c: n % 3,
      }));
      const plain = await target.fill(...documents);
      const indexed = await target.fill(...documents);
      await indexed.createIndex(key);
      for (const filter of [
        {},
        { a: 2 },
        { a: { $in: [1, 3] } },
        { a: 2, b: { $gt: 1 } },
        { a: { $gte: 1 }, c: 0 },
      ]) {
        const [expected, found] = await Promise.all(
          [plain, indexed].map((collection) =>
            collection
              .find(filter)
              .sort(sort as never)
              .limit(7)
              .toArray(),
          ),
        );
        expect(found).toEqual(expected);
      }
    });
  });
});
