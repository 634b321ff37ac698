import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIndex } from '../commands/index-definition.js';
import { parseQuery } from '../commands/query.js';
import { encodeDocument } from '../bson/encode.js';
import { RawDocument } from '../bson/raw-document.js';
import { Double, type Doc, type Value } from '../bson/value.js';
import { compileFilter } from '../query/match.js';
import { parseSort } from '../query/sort.js';
import { findDocuments } from './find.js';
import { choosePlan } from './plan.js';
import { RecordWriter } from './record.js';
import { Store } from './store.js';
import type { Collection } from './collection.js';

const object = (fields: Record<string, Value>): Doc => new Map(Object.entries(fields));

const nameOf = (key: Doc): string => Array.from(key, ([field, way]) => `${field}_${Number(way)}`).join('_');

function collectionOf(documents: readonly Doc[], indexes: readonly Doc[] = []): Collection {
  const store = new Store(parseIndex);
  const journal = new RecordWriter();
  const collection = store.getOrCreate('test.c', journal);
  for (const key of indexes) {
    collection.createIndex(parseIndex(object({ key, name: nameOf(key) })), journal);
  }
  for (const [number, document] of documents.entries()) {
    const bytes = encodeDocument(new Map<string, Value>([['_id', number], ...document]));
    collection.insert(new RawDocument(bytes, 0, bytes.length), journal);
  }
  return collection;
}

const number = fc.integer({ min: -3, max: 3 });
const scalar = fc.oneof(
  number,
  fc.constantFrom<Value>(null, 'a', 'b', true, new Double(1), new Double(1.5), 2n),
);
/** A document has one array at most, because two would be refused by a compound index. */
const documents = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(number, { minLength: 2, maxLength: 3 }).map((a) => object({ a })),
    },
    fc.record({ a: scalar, b: scalar }, { requiredKeys: [] }).map(object),
    fc.record({ a: fc.array(scalar, { maxLength: 3 }), b: scalar }).map(object),
    fc
      .record({
        a: fc.array(
          scalar.map((b): Value => object({ b })),
          { maxLength: 3 },
        ),
      })
      .map(object),
    fc.record({ a: scalar.map((b): Value => object({ b })) }).map(object),
  ),
  { maxLength: 25 },
);

const lower = fc.constantFrom('$gt', '$gte');
const upper = fc.constantFrom('$lt', '$lte');
/** Both ends of a range, which two elements of an array may meet between them. */
const range = fc
  .tuple(lower, number, upper, number)
  .map(([above, from, below, to]): Value => object({ [above]: from, [below]: to }));
const operator = fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne');
const condition: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  { weight: 4, arbitrary: range },
  fc.tuple(operator, scalar).map(([name, value]) => object({ [name]: value })),
  fc.tuple(operator, scalar, operator, scalar).map(([x, a, y, b]) => object({ [x]: a, [y]: b })),
  fc.array(scalar, { maxLength: 3 }).map((values) => object({ $in: values })),
  fc.boolean().map((exists) => object({ $exists: exists })),
  fc.tuple(operator, scalar).map(([name, value]) => object({ $elemMatch: object({ [name]: value }) })),
  fc
    .tuple(operator, scalar)
    .map(([name, value]) => object({ $elemMatch: object({ b: object({ [name]: value }) }) })),
  fc.array(scalar, { minLength: 1, maxLength: 2 }).map((values) => object({ $all: values })),
  fc.tuple(operator, scalar).map(([name, value]) => object({ $not: object({ [name]: value }) })),
);
const plainQuery = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'a.b', '_id'), condition), {
    maxLength: 3,
    selector: ([path]) => path,
  })
  .map((entries): Doc => new Map(entries));
const query = fc.oneof(
  plainQuery,
  fc
    .tuple(
      plainQuery,
      fc.array(plainQuery, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('$or', '$and', '$nor'),
    )
    .map(([base, branches, name]): Doc => new Map<string, Value>([...base, [name, branches]])),
);
const direction = fc.constantFrom(1, -1);
const index = fc
  .constantFrom(['a'], ['b'], ['a.b'], ['a', 'b'], ['b', 'a'], ['_id', 'a'])
  .chain((names) =>
    fc
      .tuple(...names.map(() => direction))
      .map((directions): Doc => new Map(names.map((name, at) => [name, directions[at] ?? 1]))),
  );
const sort = fc.constantFrom([], ['a'], ['b'], ['a', 'b'], ['b', 'a'], ['a.b']).chain((names) =>
  fc
    .tuple(direction, ...names.map(() => direction))
    // the _id at the end makes the order complete, so that there is one right answer
    .map(
      ([last, ...directions]): Doc =>
        new Map([...names.map((name, at): [string, number] => [name, directions[at] ?? 1]), ['_id', last]]),
    ),
);

describe('choosing a plan', () => {
  it('finds through any indexes what a scan finds, in the same order', () => {
    fc.assert(
      fc.property(
        documents,
        query,
        fc.uniqueArray(index, { maxLength: 3, selector: nameOf }),
        sort,
        fc.nat({ max: 5 }),
        fc.constantFrom(1, 3, Infinity),
        (docs, filter, indexes, order, skip, limit) => {
          const options = { sort: parseSort(order), skip, limit };
          const ids = (collection: Collection): (Value | undefined)[] =>
            findDocuments(collection, parseQuery(filter), options).map(({ raw }) => raw.get('_id'));
          const plain = collectionOf(docs);
          const matches = compileFilter(parseQuery(filter));
          const scanned = [...plain.documents()].filter(({ raw }) => matches(raw)).length;
          expect(findDocuments(plain, parseQuery(filter))).toHaveLength(scanned);
          expect(ids(collectionOf(docs, indexes))).toEqual(ids(plain));
        },
      ),
      { numRuns: 2000 },
    );
  });

  const many = Array.from({ length: 2000 }, (_, n) => object({ a: n % 10, b: n }));
  const name = (filter: Doc, order: Doc, limit: number, indexes: Doc[]): string =>
    choosePlan(collectionOf(many, indexes), parseQuery(filter), parseSort(order), limit).name;

  it('looks at few documents for the queries the shop runs all the time', () => {
    const a = object({ a: 1 });
    const b = object({ b: 1 });
    const ab = object({ a: 1, b: -1 });
    expect(name(object({ _id: 5 }), new Map(), Infinity, [a])).toBe('_id_');
    expect(name(object({ _id: object({ $in: [1, 2] }) }), new Map(), Infinity, [])).toBe('_id_');
    expect(name(object({ _id: object({ $gt: 1990 }) }), object({ _id: 1 }), 10, [])).toBe('_id_');
    expect(name(object({ b: object({ $gt: 1990 }) }), object({ b: 1 }), 100, [a, b])).toBe('b_1');
    expect(name(new Map(), object({ b: -1 }), 10, [a, b])).toBe('b_1');
    expect(name(object({ a: 3 }), object({ b: -1 }), 10, [a, ab])).toBe('a_1_b_-1');
    expect(name(object({ c: 1 }), new Map(), Infinity, [a, b])).toBe('scan');
  });

  it('reads a category in its order from an index over an array', () => {
    const products = Array.from({ length: 300 }, (_, n) =>
      object({ categories: [`c${n % 6}`, 'all'], position: n }),
    );
    const collection = collectionOf(products, [object({ categories: 1, position: 1 })]);
    const plan = (order: Doc) =>
      choosePlan(collection, parseQuery(object({ categories: 'c2' })), parseSort(order), 10);
    expect(plan(object({ position: 1 }))).toMatchObject({ name: 'categories_1_position_1', sorted: true });
    expect(plan(object({ categories: 1 }))).toMatchObject({ sorted: false });
  });

  it('starts a keyset page where it begins', () => {
    const collection = collectionOf(many, [object({ a: 1, _id: 1 })]);
    const after: Value[] = [object({ a: object({ $gt: 8 }) }), object({ a: 8, _id: object({ $gt: 1900 }) })];
    const plan = choosePlan(
      collection,
      parseQuery(object({ $or: after })),
      parseSort(object({ a: 1, _id: 1 })),
      20,
    );
    expect(plan).toMatchObject({ name: 'a_1__id_1', sorted: true });
    expect([...plan.candidates()].length).toBeLessThanOrEqual(400);
  });
});
