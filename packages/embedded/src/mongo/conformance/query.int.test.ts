import { Double, Long, ObjectId, type Document, type Filter, type WithId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { conformance, type Fields } from './__fixtures__/servers.js';

const mixed: Fields[] = [
  { _id: 1, a: null },
  { _id: 2 },
  { _id: 3, a: 0 },
  { _id: 4, a: 'x' },
  { _id: 5, a: [1, 5] },
  { _id: 6, a: { b: 1 } },
  { _id: 7, a: true },
  { _id: 8, a: new Date(0) },
  { _id: 9, a: 3 },
  { _id: 10, a: [] },
  { _id: 11, a: [{ b: 2 }, { b: [3, 4] }, { c: 1 }] },
  { _id: 12, a: Long.fromString('9007199254740993') },
  { _id: 13, a: new Double(3.5) },
  { _id: 14, a: 'xylo' },
  { _id: 15, a: [[1, 2], 7] },
  { _id: 16, a: NaN },
];

const finds: [string, Filter<Fields>, number[]][] = [
  ['null finds null and missing', { a: null }, [1, 2]],
  ['not null', { a: { $ne: null } }, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
  ['$gt keeps to the type', { a: { $gt: 2 } }, [5, 9, 12, 13, 15]],
  ['$lt on any element', { a: { $lt: 4 } }, [3, 5, 9, 13]],
  ['a range may be met by two elements', { a: { $gt: 4, $lt: 2 } }, [5]],
  ['$elemMatch wants one element', { a: { $elemMatch: { $gt: 1, $lt: 6 } } }, [5]],
  ['$gte null', { a: { $gte: null } }, [1, 2]],
  ['$gt null finds nothing', { a: { $gt: null } }, []],
  ['$ne', { a: { $ne: 0 } }, [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
  ['$type number', { a: { $type: 'number' } }, [3, 5, 9, 12, 13, 15, 16]],
  ['$type array', { a: { $type: 'array' } }, [5, 10, 11, 15]],
  ['$type by code, several', { a: { $type: [2, 8] } }, [4, 7, 14]],
  ['$type double is not int', { a: { $type: 'double' } }, [13, 16]],
  ['$type long', { a: { $type: 'long' } }, [12]],
  ['$exists', { a: { $exists: true } }, [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
  ['$exists false', { a: { $exists: false } }, [2]],
  ['embedded document equality', { a: { b: 1 } }, [6]],
  ['empty document equality', { a: {} }, []],
  ['$size', { a: { $size: 2 } }, [5, 15]],
  ['$size 0', { a: { $size: 0 } }, [10]],
  ['whole array', { a: [1, 5] }, [5]],
  ['array as an element', { a: [1, 2] }, [15]],
  ['empty array', { a: [] }, [10]],
  ['element of a nested array is not reached', { a: 2 }, []],
  ['dotted into an array', { 'a.b': 2 }, [11]],
  ['dotted into an array at the end', { 'a.b': 4 }, [11]],
  [
    'dotted null finds an element without the field',
    { 'a.b': null },
    [1, 2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 16],
  ],
  ['dotted $exists false', { 'a.b': { $exists: false } }, [1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15, 16]],
  ['position in a path', { 'a.0': 1 }, [5]],
  ['position and field', { 'a.0.b': 2 }, [11]],
  ['$in', { a: { $in: [0, 'x', null] } }, [1, 2, 3, 4]],
  ['$in with a regular expression', { a: { $in: [/^xy/, 3] } }, [9, 14]],
  ['$nin', { a: { $nin: [0, 'x', null] } }, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
  ['$in nothing', { a: { $in: [] } }, []],
  ['$all', { a: { $all: [1, 5] } }, [5]],
  ['$all of nothing', { a: { $all: [] } }, []],
  ['$all with $elemMatch', { a: { $all: [{ $elemMatch: { b: 2 } }] } }, [11]],
  ['$elemMatch on documents', { a: { $elemMatch: { b: 2 } } }, [11]],
  ['$not', { a: { $not: { $gt: 2 } } }, [1, 2, 3, 4, 6, 7, 8, 10, 11, 14, 16]],
  ['$not of a regular expression', { a: { $not: /^x/ }, _id: { $lt: 5 } }, [1, 2, 3]],
  ['$or', { $or: [{ a: 0 }, { a: 'x' }] }, [3, 4]],
  ['$nor', { $nor: [{ a: { $exists: true } }] }, [2]],
  ['$and', { $and: [{ a: { $gte: 0 } }, { a: { $lte: 0 } }] }, [3]],
  ['$mod', { a: { $mod: [5, 0] } }, [3, 5]],
  ['$mod cuts fractions', { a: { $mod: [2, 1] } }, [5, 9, 12, 13, 15]],
  ['exact long', { a: Long.fromString('9007199254740993') }, [12]],
  ['the double beside it is another', { a: new Double(9007199254740992) }, []],
  ['NaN equals NaN', { a: NaN }, [16]],
  ['regex on strings only', { a: { $regex: '^x' } }, [4, 14]],
  ['regex without case', { a: { $regex: 'XYLO', $options: 'i' } }, [14]],
  ['boolean is no number', { a: 1 }, [5]],
  ['date range', { a: { $lte: new Date(1) } }, [8]],
  ['$expr', { $expr: { $gt: ['$_id', 14] } }, [15, 16]],
  ['$expr with a missing field', { $expr: { $eq: ['$nope', null] } }, []],
  ['$comment', { $comment: 'why', a: 0 }, [3]],
];

conformance('queries', (target) => {
  it.each(finds)('%s', async (_name, filter, expected) => {
    const collection = await target.fill(...mixed);
    const found = await collection.find(filter).sort({ _id: 1 }).toArray();
    expect(found.map((each) => each._id)).toEqual(expected);
  });

  it('finds the same through an index on the field', async () => {
    const collection = await target.fill(...mixed);
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ 'a.b': 1 });
    for (const [name, filter, expected] of finds) {
      const found = await collection.find(filter).sort({ _id: 1 }).toArray();
      expect([name, found.map((each) => each._id)]).toEqual([name, expected]);
    }
  });

  it('sorts across types', async () => {
    const collection = await target.fill(...mixed);
    const up = await collection
      .find({ _id: { $lt: 10 } })
      .sort({ a: 1, _id: 1 })
      .toArray();
    expect(up.map((each) => each._id)).toEqual([1, 2, 3, 5, 9, 4, 6, 7, 8]);
    const down = await collection
      .find({ _id: { $lt: 10 } })
      .sort({ a: -1, _id: 1 })
      .toArray();
    expect(down.map((each) => each._id)).toEqual([8, 7, 6, 4, 5, 9, 3, 1, 2]);
  });

  it('puts an empty array before null, and text by code point', async () => {
    const collection = await target.fill(
      { _id: 1, a: null },
      { _id: 2, a: [] },
      { _id: 3, a: '\u{1F600}' },
      { _id: 4, a: '\uFF5E' },
      { _id: 5, a: 'Z' },
      { _id: 6, a: 'a' },
    );
    const found = await collection.find().sort({ a: 1 }).toArray();
    expect(found.map((each) => each._id)).toEqual([2, 1, 5, 6, 4, 3]);
  });

  it('compares ObjectIds, in ranges too', async () => {
    const [low, high] = [new ObjectId('000000000000000000000001'), new ObjectId('ff0000000000000000000000')];
    const collection = await target.fill({ _id: low, ref: high }, { _id: high, ref: low });
    expect(await collection.countDocuments({ ref: new ObjectId(high.toHexString()) })).toBe(1);
    expect(await collection.countDocuments({ ref: { $in: [new ObjectId(), low] } })).toBe(1);
    expect(await collection.countDocuments({ _id: { $gte: high } })).toBe(1);
    expect(await collection.countDocuments({ _id: { $gt: low } })).toBe(1);
  });

  it('walks pages by key, forwards and backwards', async () => {
    const collection = await target.fill(...Array.from({ length: 50 }, (_, n) => ({ _id: n, price: n % 7 })));
    await collection.createIndex({ price: 1, _id: 1 });
    const seen: unknown[] = [];
    let after: WithId<Fields> | undefined;
    for (;;) {
      const filter: Filter<Fields> =
        after === undefined
          ? {}
          : {
              $or: [
                { price: { $gt: Number(after['price']) } },
                { price: Number(after['price']), _id: { $gt: after._id } },
              ],
            };
      const page = await collection.find(filter).sort({ price: 1, _id: 1 }).limit(8).toArray();
      if (page.length === 0) break;
      seen.push(...page.map((each) => each._id));
      after = page.at(-1);
    }
    const expected = Array.from({ length: 50 }, (_, n) => n).sort((a, b) => (a % 7) - (b % 7) || a - b);
    expect(seen).toEqual(expected);
    const back = await collection
      .find({ _id: { $lt: 10 } })
      .sort({ _id: -1 })
      .limit(3)
      .toArray();
    expect(back.map((each) => each._id)).toEqual([9, 8, 7]);
  });

  describe('projections', () => {
    const doc = { _id: 1, a: 1, b: { c: 2, d: [{ e: 1, f: 2 }, { e: 3 }, 4] }, list: [1, 2, 3, 4] };
    const projections: [string, Document, Document][] = [
      ['inclusion', { a: 1 }, { _id: 1, a: 1 }],
      ['without _id', { a: 1, _id: 0 }, { a: 1 }],
      ['exclusion', { b: 0, list: 0 }, { _id: 1, a: 1 }],
      ['only _id', { _id: 1 }, { _id: 1 }],
      ['all but _id', { _id: 0 }, { a: 1, b: doc.b, list: doc.list }],
      ['dotted', { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
      ['dotted through an array', { 'b.d.e': 1 }, { _id: 1, b: { d: [{ e: 1 }, { e: 3 }] } }],
      ['dotted exclusion', { 'b.d.e': 0, list: 0 }, { _id: 1, a: 1, b: { c: 2, d: [{ f: 2 }, {}, 4] } }],
      ['$slice from the start', { list: { $slice: 2 }, b: 0 }, { _id: 1, a: 1, list: [1, 2] }],
      ['$slice from the end', { list: { $slice: -1 }, b: 0 }, { _id: 1, a: 1, list: [4] }],
      ['$slice from and to', { list: { $slice: [1, 2] }, b: 0 }, { _id: 1, a: 1, list: [2, 3] }],
      ['$elemMatch', { list: { $elemMatch: { $gt: 2 } } }, { _id: 1, list: [3] }],
      ['$slice of what is no array', { a: { $slice: 1 }, list: 1 }, { _id: 1, a: 1, list: [1, 2, 3, 4] }],
      ['$elemMatch of what is no array', { a: { $elemMatch: { $gt: 0 } } }, { _id: 1 }],
      ['a field that is not there', { nope: 1 }, { _id: 1 }],
    ];
    it.each(projections)('%s', async (_name, projection, expected) => {
      const collection = await target.fill(doc);
      expect(await collection.findOne({}, { projection })).toEqual(expected);
    });

    it('refuses to mix', async () => {
      const collection = await target.fill(doc);
      await expect(collection.findOne({}, { projection: { a: 1, b: 0 } })).rejects.toThrow(
        /Cannot do exclusion/,
      );
    });
  });

  it.each<[string, Document, number]>([
    ['an unknown operator', { a: { $bogus: 1 } }, 2],
    ['an unknown operator at the top', { $bogus: [] }, 2],
    ['an empty $or', { $or: [] }, 2],
    ['$in without an array', { a: { $in: 1 } }, 2],
    ['$mod by zero', { a: { $mod: [0, 1] } }, 2],
    ['operators mixed with fields', { a: { $gt: 1, b: 2 } }, 2],
  ])('answers %s with an error', async (_name, filter, code) => {
    const collection = await target.fill({ a: 1 });
    await expect(collection.findOne(filter)).rejects.toMatchObject({ code });
  });
});
