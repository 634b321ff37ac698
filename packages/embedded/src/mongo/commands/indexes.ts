import { MongoError, refused } from '../errors.js';
import { orderKey } from '../bson/order-key.js';
import type { Value } from '../bson/value.js';
import { idIndexName, type Collection } from '../storage/collection.js';
import type { IndexSpec } from '../storage/index-spec.js';
import type { CommandHandler } from './command.js';
import { parseIndex } from './index-definition.js';
import { succeed } from './reply.js';

export const createIndexes: CommandHandler = (args, { store, journal, database }) => {
  const namespace = `${database}.${args.text('createIndexes')}`;
  const definitions = args.docs('indexes');
  args.refuse('commitQuorum');
  args.end();
  const specs = definitions.map(parseIndex);
  const createdCollectionAutomatically = store.get(namespace) === undefined;
  const collection = store.getOrCreate(namespace, journal);
  const numIndexesBefore = collection.queryIndexes().length;
  for (const spec of specs) if (!alreadyThere(collection, spec)) collection.createIndex(spec, journal);
  const numIndexesAfter = collection.queryIndexes().length;
  const note = numIndexesAfter === numIndexesBefore ? 'all indexes already exist' : undefined;
  return succeed({ numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, note });
};

/** @throws MongoError when an index by that name or with these fields is there and is another */
function alreadyThere(collection: Collection, spec: IndexSpec): boolean {
  for (const { spec: known } of collection.queryIndexes()) {
    const sameName = known.name === spec.name;
    const sameKey =
      orderKey(known.definition.get('key') ?? null) === orderKey(spec.definition.get('key') ?? null);
    if (known.name === idIndexName && sameKey) return true;
    if (!sameName && !sameKey) continue;
    const same = orderKey(known.definition) === orderKey(spec.definition);
    if (same) return true;
    if (sameName) {
      throw new MongoError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Requested index: ${spec.name}`,
      );
    }
    throw new MongoError('IndexOptionsConflict', `Index already exists with a different name: ${known.name}`);
  }
  return false;
}

export const listIndexes: CommandHandler = (args, { store, cursors, database }) => {
  const namespace = `${database}.${args.text('listIndexes')}`;
  args.ignore('cursor');
  args.end();
  const collection = store.get(namespace);
  if (collection === undefined) throw new MongoError('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return cursors.start(
    namespace,
    collection.queryIndexes().map(({ spec }) => spec.definition),
  );
};

export const dropIndexes: CommandHandler = (args, { store, journal, database }) => {
  const namespace = `${database}.${args.text('dropIndexes')}`;
  const wanted = args.value('index');
  args.end();
  const collection = store.get(namespace);
  if (collection === undefined) throw new MongoError('NamespaceNotFound', `ns not found ${namespace}`);
  const nIndexesWas = collection.queryIndexes().length;
  for (const name of namesOf(collection, wanted)) collection.dropIndex(name, journal);
  return succeed({ nIndexesWas });
};

function namesOf(collection: Collection, wanted: Value | undefined): string[] {
  const names = collection.queryIndexes().map(({ spec }) => spec.name);
  if (wanted === '*') return names.filter((name) => name !== idIndexName);
  const list = Array.isArray(wanted) ? wanted : [wanted];
  return list.map((name) => {
    if (typeof name !== 'string') throw refused('dropIndexes by anything but name');
    if (!names.includes(name)) throw new MongoError('IndexNotFound', `index not found with name [${name}]`);
    if (name === idIndexName) throw new MongoError('InvalidOptions', 'cannot drop _id index');
    return name;
  });
}
