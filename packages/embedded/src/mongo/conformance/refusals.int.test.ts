import {
  BSONRegExp,
  Code,
  Decimal128,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  Timestamp,
  type Document,
} from 'mongodb';
import { describe, expect, it } from 'vitest';
import { onEmbedded } from './__fixtures__/servers.js';

const notImplemented = 238;

/** Commands on a collection that holds `{ _id: 1, a: [1, 2], s: 'x' }`; every one has to end in an error. */
const refused: [string, (collection: string) => Document][] = [
  ['query operator $where', (find) => ({ find, filter: { $where: 'true' } })],
  ['query operator $text', (find) => ({ find, filter: { $text: { $search: 'x' } } })],
  ['query operator $jsonSchema', (find) => ({ find, filter: { $jsonSchema: {} } })],
  ['query operator $near', (find) => ({ find, filter: { a: { $near: [0, 0] } } })],
  ['query operator $bitsAllSet', (find) => ({ find, filter: { a: { $bitsAllSet: 1 } } })],
  ['Decimal128 in a query', (find) => ({ find, filter: { a: { $gte: Decimal128.fromString('10') } } })],
  ['Decimal128 in an insert', (insert) => ({ insert, documents: [{ p: Decimal128.fromString('9.5') }] })],
  [
    'Decimal128 in $inc',
    (update) => ({ update, updates: [{ q: {}, u: { $inc: { p: Decimal128.fromString('1') } } }] }),
  ],
  ['a timestamp', (insert) => ({ insert, documents: [{ p: new Timestamp({ t: 1, i: 1 }) }] })],
  ['JavaScript', (insert) => ({ insert, documents: [{ p: new Code('1') }] })],
  ['MinKey', (find) => ({ find, filter: { a: { $gt: new MinKey() } } })],
  ['MaxKey', (find) => ({ find, filter: { a: { $lt: new MaxKey() } } })],
  ['a dollar name at the top', (insert) => ({ insert, documents: [{ a: 1 }, { $date: 1 }] })],
  ['collation in find', (find) => ({ find, filter: { s: 'X' }, collation: { locale: 'en', strength: 2 } })],
  [
    'collation in aggregate',
    (aggregate) => ({ aggregate, pipeline: [], cursor: {}, collation: { locale: 'en' } }),
  ],
  [
    'collation in an update',
    (update) => ({ update, updates: [{ q: {}, u: { $set: { z: 1 } }, collation: { locale: 'en' } }] }),
  ],
  [
    'collation of an index',
    (createIndexes) => ({
      createIndexes,
      indexes: [{ key: { s: 1 }, name: 's', collation: { locale: 'en' } }],
    }),
  ],
  ['hint', (find) => ({ find, hint: '_id_' })],
  ['let', (find) => ({ find, let: { a: 1 } })],
  ['a tailable cursor', (find) => ({ find, tailable: true })],
  ['an expression in a projection', (find) => ({ find, projection: { z: '$a' } })],
  ['the positional projection', (find) => ({ find, filter: { a: 1 }, projection: { 'a.$': 1 } })],
  ['$elemMatch in an exclusion', (find) => ({ find, projection: { s: 0, a: { $elemMatch: { $gt: 1 } } } })],
  ['$slice with only _id: 1', (find) => ({ find, projection: { _id: 1, a: { $slice: 1 } } })],
  ['$meta in a sort', (find) => ({ find, sort: { score: { $meta: 'textScore' } } })],
  ['a sort by more than 1 and -1', (find) => ({ find, sort: { a: 2 } })],
  ['storing a regular expression', (insert) => ({ insert, documents: [{ r: /x/ }] })],
  ['storing a dollar name', (insert) => ({ insert, documents: [{ a: { $b: 1 } }] })],
  ['storing a dotted name', (insert) => ({ insert, documents: [{ 'a.b': 1 }] })],
  ['storing a name that is empty', (insert) => ({ insert, documents: [{ '': 1 }] })],
  [
    'setting a value with a dotted name inside',
    (update) => ({ update, updates: [{ q: {}, u: { $set: { z: { 'a.b': 1 } } } }] }),
  ],
  ['an array as _id', (insert) => ({ insert, documents: [{ _id: [1] }] })],
  ['$bit', (update) => ({ update, updates: [{ q: {}, u: { $bit: { a: { and: 1 } } } }] })],
  [
    '$currentDate as a timestamp',
    (update) => ({ update, updates: [{ q: {}, u: { $currentDate: { t: { $type: 'timestamp' } } } }] }),
  ],
  [
    'an unused array filter',
    (update) => ({ update, updates: [{ q: {}, u: { $set: { a: 1 } }, arrayFilters: [{ 'x.y': 1 }] }] }),
  ],
  [
    '$rename through an array',
    (update) => ({ update, updates: [{ q: {}, u: { $rename: { 'a.0': 'z' } } }] }),
  ],
  [
    'an upsert that would have to guess',
    (update) => ({ update, updates: [{ q: { k: { $in: [7] } }, u: { $set: { z: 1 } }, upsert: true }] }),
  ],
  ['a replacement of many', (update) => ({ update, updates: [{ q: {}, u: { z: 1 }, multi: true }] })],
  ['a regular expression option', (find) => ({ find, filter: { s: new BSONRegExp('x', 'x') } })],
  ['a multi-line regular expression', (find) => ({ find, filter: { s: /x/m } })],
  ['a back reference', (find) => ({ find, filter: { s: { $regex: '(a)\\1' } } })],
  ['a look-behind', (find) => ({ find, filter: { s: { $regex: '(?<=a)b' } } })],
  ['a possessive quantifier', (find) => ({ find, filter: { s: { $regex: 'a++' } } })],
  ['a POSIX class', (find) => ({ find, filter: { s: { $regex: '[[:alpha:]]' } } })],
  [
    'a TTL index',
    (createIndexes) => ({ createIndexes, indexes: [{ key: { a: 1 }, name: 'a', expireAfterSeconds: 1 }] }),
  ],
  ['a text index', (createIndexes) => ({ createIndexes, indexes: [{ key: { s: 'text' }, name: 's' }] })],
  ['a wildcard index', (createIndexes) => ({ createIndexes, indexes: [{ key: { '$**': 1 }, name: 'w' }] })],
  [
    'a hidden index',
    (createIndexes) => ({ createIndexes, indexes: [{ key: { a: 1 }, name: 'a', hidden: true }] }),
  ],
  ['a validator', (name) => ({ create: `${name}v`, validator: { a: 1 } })],
  ['a capped collection', (name) => ({ create: `${name}c`, capped: true, size: 1 })],
  ['a view', (name) => ({ create: `${name}w`, viewOn: name, pipeline: [] })],
  ['collMod', (collMod) => ({ collMod, validator: {} })],
  ['renameCollection', (name) => ({ renameCollection: `x.${name}`, to: 'x.y' })],
  ['explain', (find) => ({ explain: { find } })],
  ['mapReduce', (mapReduce) => ({ mapReduce, map: 'x', reduce: 'y', out: 'z' })],
  ['an API version', (find) => ({ find, apiVersion: '1' })],
  ['snapshot reads', (find) => ({ find, readConcern: { level: 'snapshot' } })],
  ['linearizable reads', (find) => ({ find, readConcern: { level: 'linearizable' } })],
  ['fsync write concern', (insert) => ({ insert, documents: [{}], writeConcern: { w: 1, fsync: true } })],
  ['validation bypass', (insert) => ({ insert, documents: [{}], bypassDocumentValidation: true })],
  ['a system collection', () => ({ insert: 'system.users', documents: [{}] })],
  ['login', () => ({ saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: '' })],
  ...[
    '$out',
    '$merge',
    '$sample',
    '$bucket',
    '$graphLookup',
    '$unionWith',
    '$setWindowFields',
    '$geoNear',
    '$redact',
  ].map((stage): [string, (collection: string) => Document] => [
    `stage ${stage}`,
    (aggregate) => ({ aggregate, pipeline: [{ [stage]: {} }], cursor: {} }),
  ]),
  [
    '$lookup with a pipeline',
    (aggregate) => ({
      aggregate,
      pipeline: [{ $lookup: { from: 'x', let: {}, pipeline: [], as: 'y' } }],
      cursor: {},
    }),
  ],
  [
    'a refused stage inside $facet',
    (aggregate) => ({ aggregate, pipeline: [{ $facet: { a: [{ $sample: { size: 1 } }] } }], cursor: {} }),
  ],
  [
    'a refused expression where no document is',
    (aggregate) => ({
      aggregate,
      pipeline: [{ $match: { a: 'none' } }, { $project: { z: { $function: {} } } }],
      cursor: {},
    }),
  ],
  [
    '$dateToString with a zone',
    (aggregate) => ({
      aggregate,
      pipeline: [{ $project: { z: { $dateToString: { date: '$a', timezone: 'Europe/Vienna' } } } }],
      cursor: {},
    }),
  ],
  [
    '$round to a place',
    (aggregate) => ({ aggregate, pipeline: [{ $project: { z: { $round: [1.25, 1] } } }], cursor: {} }),
  ],
  [
    'a 64-bit overflow in $add',
    (aggregate) => ({
      aggregate,
      pipeline: [{ $project: { z: { $add: [Long.MAX_VALUE, 1] } } }],
      cursor: {},
    }),
  ],
  [
    'system variables',
    (aggregate) => ({ aggregate, pipeline: [{ $project: { z: '$$USER_ROLES' } }], cursor: {} }),
  ],
  [
    'unknown accumulators',
    (aggregate) => ({
      aggregate,
      pipeline: [{ $group: { _id: null, z: { $stdDevPop: '$a' } } }],
      cursor: {},
    }),
  ],
  [
    'unknown fields of a statement',
    (update) => ({ update, updates: [{ q: {}, u: { $set: { z: 1 } }, bogus: 1 }] }),
  ],
];

onEmbedded('refusals', (target) => {
  it.each(refused)('%s', async (_name, command) => {
    const collection = await target.fill({ _id: 1, a: [1, 2], s: 'x' });
    const reply = await target.db.command(command(collection.collectionName)).then(
      (answer) => (answer['writeErrors'] as Document[] | undefined)?.[0],
      (error: unknown) => error,
    );
    expect(reply).toMatchObject({ code: expect.any(Number) as number });
    const left = (await collection.find().toArray()).find(({ _id }) => _id === 1);
    expect(left).toEqual({ _id: 1, a: [1, 2], s: 'x' });
  });

  it('says what was refused and what to do instead', async () => {
    const refusal = (await target.fill({})).findOne({ $where: 'true' });
    await expect(refusal).rejects.toMatchObject({
      code: notImplemented,
      codeName: 'NotImplemented',
      message: expect.stringMatching(/\$where.*SUBSET\.md.*MONGODB_URL/) as string,
    });
  });

  it('answers transactions with the error of a standalone', async () => {
    const collection = await target.fill();
    const command = {
      insert: collection.collectionName,
      documents: [{}],
      txnNumber: Long.ONE,
      startTransaction: true,
      autocommit: false,
    };
    await expect(target.db.command(command)).rejects.toMatchObject({ code: 20 });
    const retryable = { insert: collection.collectionName, documents: [{}], txnNumber: Long.ONE };
    await expect(target.db.command(retryable)).rejects.toMatchObject({
      code: 20,
      message: expect.stringContaining(
        'Transaction numbers are only allowed on a replica set member or mongos',
      ) as string,
    });
    expect(await collection.countDocuments()).toBe(0);
  });

  it('names itself in buildInfo', async () => {
    expect((await target.db.admin().buildInfo())['modules']).toEqual(['embedded-dev-server']);
  });

  it('lets writes go on when whoever locked them is gone', async () => {
    const collection = await target.fill();
    const other = await new MongoClient(target.url).connect();
    await other.db('admin').command({ fsync: 1, lock: true });
    const writing = collection.insertOne({ a: 1 });
    await other.close();
    expect(await writing).toMatchObject({ acknowledged: true });
  });

  describe('simple collation', () => {
    it('is what there is anyway', async () => {
      const collection = await target.fill({ s: 'x' });
      expect(await collection.countDocuments({ s: 'X' }, { collation: { locale: 'simple' } })).toBe(0);
    });
  });
});
