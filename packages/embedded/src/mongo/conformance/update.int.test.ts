import { Double, Int32, Long, type Document, type UpdateFilter, type UpdateOptions } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { conformance, type Fields } from './__fixtures__/servers.js';

const updates: [string, Document, Document, Document, UpdateOptions?][] = [
  ['$set', { a: 1 }, { $set: { a: 2, b: { c: 1 } } }, { a: 2, b: { c: 1 } }],
  ['$set makes documents on the way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  ['$set on an array position', { a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
  ['$set past the end pads', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['$set with a number on the way makes a document', {}, { $set: { 'a.0': 1 } }, { a: { 0: 1 } }],
  ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '', nope: '' } }, { b: { d: 2 } }],
  ['$unset of an element nulls it', { a: [1, 2] }, { $unset: { 'a.0': 1 } }, { a: [null, 2] }],
  ['$inc', { a: 1 }, { $inc: { a: 2, 'z.q': 1 } }, { a: 3, z: { q: 1 } }],
  ['$inc with a fraction', { a: 1 }, { $inc: { a: 0.5 } }, { a: 1.5 }],
  ['$mul', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 9 } }, { a: 3, b: 9, c: 1 }],
  ['$min across types', { a: 5 }, { $min: { a: 'x' }, $max: { b: null } }, { a: 5, b: null }],
  ['$rename', { a: 1, b: { c: 2 } }, { $rename: { a: 'z', 'b.c': 'c' } }, { b: {}, z: 1, c: 2 }],
  ['$push', { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  ['$push an array', { a: [1] }, { $push: { a: [2] } }, { a: [1, [2]] }],
  [
    '$push $each $slice',
    { a: [1, 2, 3] },
    { $push: { a: { $each: [4, 5], $slice: -4 } } },
    { a: [2, 3, 4, 5] },
  ],
  ['$push $position', { a: [1, 2] }, { $push: { a: { $each: [8, 9], $position: 1 } } }, { a: [1, 8, 9, 2] }],
  [
    '$push $position from the end',
    { a: [1, 2] },
    { $push: { a: { $each: [8], $position: -1 } } },
    { a: [1, 8, 2] },
  ],
  ['$push $sort', { a: [3, 1] }, { $push: { a: { $each: [2], $sort: -1 } } }, { a: [3, 2, 1] }],
  [
    '$push $sort by field, then $slice',
    { a: [{ s: 3 }, { s: 1 }] },
    { $push: { a: { $each: [{ s: 2 }], $sort: { s: 1 }, $slice: 2 } } },
    { a: [{ s: 1 }, { s: 2 }] },
  ],
  [
    '$addToSet',
    { a: [1, { b: 1 }] },
    { $addToSet: { a: { $each: [1, 2, { b: 1 }] } } },
    { a: [1, { b: 1 }, 2] },
  ],
  ['$pull a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['$pull by condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ['$pull by query', { a: [{ k: 1, z: 2 }, { k: 2 }] }, { $pull: { a: { k: 1 } } }, { a: [{ k: 2 }] }],
  ['$pull where nothing is', { b: 1 }, { $pull: { a: 1 } }, { b: 1 }],
  ['$pullAll', { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$pop', { a: [1, 2, 3], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2] }],
  ['$setOnInsert without an insert', { a: 1 }, { $setOnInsert: { b: 1 }, $set: { a: 2 } }, { a: 2 }],
  ['$[] on all', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [
    '$[] inside',
    { a: [{ q: 1 }, { q: 2 }] },
    { $set: { 'a.$[].r': 0 } },
    {
      a: [
        { q: 1, r: 0 },
        { q: 2, r: 0 },
      ],
    },
  ],
  [
    '$[name]',
    {
      a: [
        { k: 'x', q: 1 },
        { k: 'y', q: 2 },
      ],
    },
    { $set: { 'a.$[e].q': 99 } },
    {
      a: [
        { k: 'x', q: 99 },
        { k: 'y', q: 2 },
      ],
    },
    { arrayFilters: [{ 'e.k': 'x' }] },
  ],
  [
    '$[name] on values',
    { a: [1, 5, 9] },
    { $set: { 'a.$[e]': 0 } },
    { a: [1, 0, 0] },
    { arrayFilters: [{ e: { $gte: 5 } }] },
  ],
  ['nothing', { a: 1 }, { $set: {} }, { a: 1 }],
];

const refusals: [string, Document, Document, number][] = [
  ['$inc on a string', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by a string', { a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$mul on null', { a: null }, { $mul: { a: 2 } }, 14],
  ['two operators on one path', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a path inside another', { a: {} }, { $set: { a: 1, 'a.b': 1 } }, 40],
  ['$push onto a number', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$addToSet onto a number', { a: 1 }, { $addToSet: { a: 1 } }, 2],
  ['$pull from a number', { a: 1 }, { $pull: { a: 1 } }, 2],
  ['$pop from a number', { a: 1 }, { $pop: { a: 1 } }, 14],
  ['a path through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['a name in an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['another _id', { a: 1 }, { $set: { _id: 'other' } }, 66],
  ['an unknown operator', { a: 1 }, { $bogus: { a: 1 } }, 9],
  ['an empty path', { a: 1 }, { $set: { '': 1 } }, 56],
  ['an empty part of a path', { a: 1 }, { $set: { 'a..b': 1 } }, 56],
  ['$[name] without a filter', { a: [1] }, { $set: { 'a.$[e]': 1 } }, 2],
  ['$[] on a number', { a: 1 }, { $set: { 'a.$[]': 1 } }, 2],
  ['$ without a match in an array', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
];

conformance('updates', (target) => {
  it.each(updates)('%s', async (_name, before, update, after, options) => {
    const collection = await target.fill({ _id: 1, ...before });
    const result = await collection.updateOne({ _id: 1 }, update, options);
    expect(await collection.findOne({})).toEqual({ _id: 1, ...after });
    const changed = JSON.stringify(before) !== JSON.stringify(after);
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: changed ? 1 : 0 });
  });

  it.each(refusals)('refuses %s, and changes nothing', async (_name, before, update, code) => {
    const collection = await target.fill({ _id: 1, ...before });
    await expect(collection.updateOne({ _id: 1 }, update as UpdateFilter<Fields>)).rejects.toMatchObject({
      code,
    });
    expect(await collection.findOne({})).toEqual({ _id: 1, ...before });
  });

  it('keeps numeric types through updates', async () => {
    const collection = await target.fill({ _id: 1, double: new Double(5), int: 5, long: Long.fromNumber(5) });
    await collection.updateOne({ _id: 1 }, { $set: { z: 1 } });
    await collection.updateOne({ _id: 1 }, { $inc: { double: 1, int: 1, long: 1 } });
    expect(await collection.findOne({}, { promoteValues: false })).toEqual({
      _id: new Int32(1),
      double: new Double(6),
      int: new Int32(6),
      long: Long.fromNumber(6),
      z: new Int32(1),
    });
  });

  it('adds 64-bit numbers exactly and widens 32-bit ones', async () => {
    const collection = await target.fill({ _id: 1, l: Long.fromString('9007199254740993'), i: 2147483647 });
    await collection.updateOne({ _id: 1 }, { $inc: { l: 1, i: 1 } });
    const found = await collection.findOne({}, { promoteLongs: false });
    expect(found).toEqual({ _id: 1, l: Long.fromString('9007199254740994'), i: Long.fromNumber(2147483648) });
    await collection.updateOne({ _id: 1 }, { $set: { l: Long.MAX_VALUE } });
    await expect(collection.updateOne({ _id: 1 }, { $inc: { l: 1 } })).rejects.toMatchObject({ code: 2 });
  });

  it('makes the type of a number part of a change', async () => {
    const collection = await target.fill({ _id: 1, a: 5 });
    const result = await collection.updateOne({ _id: 1 }, { $set: { a: new Double(5) } });
    expect(result.modifiedCount).toBe(1);
    expect(await collection.countDocuments({ a: { $type: 'double' } })).toBe(1);
  });

  it('resolves $ to the element the query matched', async () => {
    const collection = await target.fill({
      _id: 1,
      o: [
        { k: 'x', q: 1 },
        { k: 'y', q: 2 },
      ],
      n: [4, 8],
    });
    await collection.updateOne({ _id: 1, 'o.k': 'y' }, { $inc: { 'o.$.q': 10 } });
    await collection.updateOne({ o: { $elemMatch: { k: 'x' } } }, { $set: { 'o.$.z': true } });
    await collection.updateOne({ n: { $gt: 5 } }, { $set: { 'n.$': 0 } });
    expect(await collection.findOne({})).toEqual({
      _id: 1,
      o: [
        { k: 'x', q: 1, z: true },
        { k: 'y', q: 12 },
      ],
      n: [4, 0],
    });
  });

  it('sets the current date', async () => {
    const collection = await target.fill({ _id: 1 });
    await collection.updateOne({ _id: 1 }, { $currentDate: { at: true } });
    await collection.updateOne({ _id: 1 }, { $currentDate: { on: { $type: 'date' } } });
    const found = await collection.findOne({});
    expect(found?.['at']).toBeInstanceOf(Date);
    expect(found?.['on']).toBeInstanceOf(Date);
  });

  it('updates by pipeline', async () => {
    const collection = await target.fill({ _id: 1, onHand: 10, reserved: 3, old: 1 });
    await collection.updateOne({ _id: 1 }, [
      { $set: { available: { $subtract: ['$onHand', '$reserved'] } } },
      { $unset: 'old' },
    ]);
    expect(await collection.findOne({})).toEqual({ _id: 1, onHand: 10, reserved: 3, available: 7 });
  });

  it('tells matched from modified, for one and for many', async () => {
    const collection = await target.fill({ _id: 1, k: 1 }, { _id: 2, k: 1, a: 9 }, { _id: 3 });
    const many = await collection.updateMany({ k: 1 }, { $set: { a: 9 } });
    expect(many).toMatchObject({ matchedCount: 2, modifiedCount: 1, upsertedCount: 0 });
    const none = await collection.updateOne({ k: 7 }, { $set: { a: 9 } });
    expect(none).toMatchObject({ matchedCount: 0, modifiedCount: 0 });
    expect((await collection.deleteMany({ k: 1 })).deletedCount).toBe(2);
    expect((await collection.deleteOne({ k: 1 })).deletedCount).toBe(0);
  });

  it('replaces, and keeps the _id', async () => {
    const collection = await target.fill({ _id: 1, a: 1 });
    await collection.replaceOne({ a: 1 }, { r: 1 });
    expect(await collection.findOne({})).toEqual({ _id: 1, r: 1 });
    await expect(collection.replaceOne({ r: 1 }, { _id: 2, r: 2 })).rejects.toMatchObject({ code: 66 });
  });

  describe('upserts', () => {
    it('start from the equalities of the query', async () => {
      const collection = await target.fill();
      const result = await collection.updateOne(
        { k: 'x', 'n.m': { $eq: 3 }, v: { $gt: 5 }, $and: [{ z: 1 }] },
        { $set: { a: 1 }, $setOnInsert: { c: 2 } },
        { upsert: true },
      );
      expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
      const found = await collection.findOne({ _id: result.upsertedId ?? 0 });
      expect(found).toEqual({ _id: result.upsertedId, k: 'x', n: { m: 3 }, z: 1, a: 1, c: 2 });
      const again = await collection.updateOne({ k: 'x' }, { $setOnInsert: { c: 3 } }, { upsert: true });
      expect(again).toMatchObject({ matchedCount: 1, modifiedCount: 0, upsertedCount: 0 });
    });

    it('take the _id from the query, or from the replacement', async () => {
      const collection = await target.fill();
      await collection.updateOne({ _id: 'q' }, { $inc: { n: 1 } }, { upsert: true });
      await collection.replaceOne({ _id: 'r', a: 1 }, { b: 1 }, { upsert: true });
      expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
        { _id: 'q', n: 1 },
        { _id: 'r', b: 1 },
      ]);
    });
  });

  describe('findOneAnd...', () => {
    it('takes the first of a sort, and answers before or after', async () => {
      const collection = await target.fill({ _id: 1, p: 1, st: 'q' }, { _id: 2, p: 5, st: 'q' });
      const after = await collection.findOneAndUpdate(
        { st: 'q' },
        { $set: { st: 'w' } },
        { sort: { p: -1 }, returnDocument: 'after', projection: { st: 1 } },
      );
      expect(after).toEqual({ _id: 2, st: 'w' });
      expect(await collection.findOneAndUpdate({ _id: 1 }, { $inc: { p: 1 } })).toEqual({
        _id: 1,
        p: 1,
        st: 'q',
      });
      expect(await collection.findOneAndDelete({ _id: 1 })).toEqual({ _id: 1, p: 2, st: 'q' });
      expect(await collection.findOneAndDelete({ _id: 1 })).toBeNull();
      const replaced = await collection.findOneAndReplace({ _id: 2 }, { x: 1 }, { returnDocument: 'after' });
      expect(replaced).toEqual({ _id: 2, x: 1 });
    });

    it('upserts and filters arrays', async () => {
      const collection = await target.fill({ _id: 1, a: [1, 9] });
      const upserted = await collection.findOneAndUpdate(
        { _id: 77 },
        { $inc: { n: 1 } },
        { upsert: true, returnDocument: 'after' },
      );
      expect(upserted).toEqual({ _id: 77, n: 1 });
      expect(await collection.findOneAndUpdate({ _id: 78 }, { $inc: { n: 1 } }, { upsert: true })).toBeNull();
      const filtered = await collection.findOneAndUpdate(
        { _id: 1 },
        { $set: { 'a.$[big]': 5 } },
        { arrayFilters: [{ big: { $gt: 5 } }], returnDocument: 'after' },
      );
      expect(filtered).toEqual({ _id: 1, a: [1, 5] });
    });
  });

  it('lets exactly as many buyers through as there is stock', async () => {
    const collection = await target.fill({ _id: 'sku', available: 100, reserved: 0 });
    const attempts = Array.from({ length: 200 }, () =>
      collection.updateOne({ _id: 'sku', available: { $gte: 1 } }, { $inc: { available: -1, reserved: 1 } }),
    );
    const results = await Promise.all(attempts);
    expect(results.reduce((sum, each) => sum + each.modifiedCount, 0)).toBe(100);
    expect(await collection.findOne({})).toEqual({ _id: 'sku', available: 0, reserved: 100 });
  });
});
