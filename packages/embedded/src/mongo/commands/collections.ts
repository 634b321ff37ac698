import { MongoError } from '../errors.js';
import { Binary, type Doc, type Value } from '../bson/value.js';
import { compileFilter } from '../query/match.js';
import type { CommandHandler } from './command.js';
import { parseQuery } from './query.js';
import { succeed } from './reply.js';

export const create: CommandHandler = (args, { store, journal, database }) => {
  const namespace = `${database}.${args.text('create')}`;
  args.refuse(
    ...['capped', 'size', 'max', 'validator', 'validationLevel', 'validationAction', 'viewOn', 'pipeline'],
    ...[
      'timeseries',
      'expireAfterSeconds',
      'clusteredIndex',
      'collation',
      'storageEngine',
      'indexOptionDefaults',
    ],
    ...['changeStreamPreAndPostImages', 'encryptedFields', 'autoIndexId'],
  );
  args.end();
  if (store.get(namespace) !== undefined) {
    throw new MongoError('NamespaceExists', `Collection ${namespace} already exists.`);
  }
  store.getOrCreate(namespace, journal);
  return succeed();
};

export const drop: CommandHandler = (args, { store, journal, database }) => {
  const namespace = `${database}.${args.text('drop')}`;
  args.end();
  const nIndexesWas = store.get(namespace)?.queryIndexes().length;
  // dropping what is not there succeeds since MongoDB 7.0
  return store.drop(namespace, journal) ? succeed({ nIndexesWas, ns: namespace }) : succeed();
};

export const dropDatabase: CommandHandler = (args, { store, journal, database }) => {
  args.ignore('dropDatabase');
  args.end();
  const collections = store.inDatabase(database);
  for (const { namespace } of collections) store.drop(namespace, journal);
  return succeed({ dropped: collections.length > 0 ? database : undefined });
};

export const listCollections: CommandHandler = (args, { store, cursors, database }) => {
  args.ignore('listCollections', 'cursor', 'authorizedCollections');
  const nameOnly = args.boolean('nameOnly');
  const matches = compileFilter(parseQuery(args.doc('filter')));
  args.end();
  const infos = store.inDatabase(database).map(({ namespace, uuid }): Doc => {
    const name = namespace.slice(database.length + 1);
    const info: Doc = new Map<string, Value>([
      ['name', name],
      ['type', 'collection'],
    ]);
    if (nameOnly) return info;
    info.set('options', new Map());
    info.set(
      'info',
      new Map<string, Value>([
        ['readOnly', false],
        ['uuid', new Binary(4, uuid)],
      ]),
    );
    info.set(
      'idIndex',
      new Map<string, Value>([
        ['v', 2],
        ['key', new Map([['_id', 1]])],
        ['name', '_id_'],
      ]),
    );
    return info;
  });
  return cursors.start(
    `${database}.$cmd.listCollections`,
    infos.filter((info) => matches(info)),
  );
};

export const listDatabases: CommandHandler = (args, { store }) => {
  args.ignore('listDatabases', 'authorizedDatabases');
  const nameOnly = args.boolean('nameOnly');
  const matches = compileFilter(parseQuery(args.doc('filter')));
  args.end();
  const sizes = new Map<string, number>();
  for (const collection of store.all()) {
    const name = collection.namespace.slice(0, collection.namespace.indexOf('.'));
    let bytes = sizes.get(name) ?? 0;
    for (const { raw } of collection.documents()) bytes += raw.byteLength;
    sizes.set(name, bytes);
  }
  const databases = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]): Doc => {
      if (nameOnly) return new Map([['name', name]]);
      return new Map<string, Value>([
        ['name', name],
        ['sizeOnDisk', BigInt(bytes)],
        ['empty', false],
      ]);
    });
  const totalSize = BigInt([...sizes.values()].reduce((so, bytes) => so + bytes, 0));
  return succeed({
    databases: databases.filter((each) => matches(each)),
    totalSize: nameOnly ? undefined : totalSize,
  });
};
