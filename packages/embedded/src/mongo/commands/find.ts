import { badValue } from '../errors.js';
import type { RawDocument } from '../bson/raw-document.js';
import { compileProjection } from '../query/projection.js';
import { parseSort } from '../query/sort.js';
import { findDocuments } from '../storage/find.js';
import type { Arguments } from './arguments.js';
import type { CommandHandler } from './command.js';
import { parseQuery } from './query.js';
import { succeed } from './reply.js';

export const find: CommandHandler = (args, { store, cursors, database }) => {
  const namespace = `${database}.${args.text('find')}`;
  const filter = parseQuery(args.doc('filter'));
  const sort = parseSort(args.doc('sort'));
  const project = compileProjection(args.doc('projection'));
  const skip = args.count('skip') ?? 0;
  const limit = args.count('limit');
  const batchSize = args.count('batchSize');
  const singleBatch = args.boolean('singleBatch');
  refuseUnusual(args);
  args.end();
  const found = findDocuments(store.get(namespace), filter, { sort, skip, ...(limit ? { limit } : {}) });
  const items = found.map(({ raw }) => raw);
  // the items of this cursor are stored documents, so what prepares them is given no others
  const prepare = project && ((item: unknown) => project(item as RawDocument));
  return cursors.start(namespace, items, { batchSize, singleBatch, ...(prepare ? { prepare } : {}) });
};

function refuseUnusual(args: Arguments): void {
  args.refuse(
    'hint',
    'max',
    'min',
    'returnKey',
    'showRecordId',
    'tailable',
    'awaitData',
    'oplogReplay',
    'collation',
    'let',
  );
  args.ignore('allowDiskUse', 'allowPartialResults', 'noCursorTimeout');
}

export const getMore: CommandHandler = (args, { cursors, database }) => {
  const id = cursorId(args.value('getMore'));
  const namespace = `${database}.${args.text('collection')}`;
  const batchSize = args.count('batchSize');
  args.end();
  return cursors.more(id, namespace, batchSize);
};

export const killCursors: CommandHandler = (args, { cursors }) => {
  args.text('killCursors');
  const ids = (args.array('cursors') ?? []).map(cursorId);
  args.end();
  const killed = ids.filter((id) => cursors.kill(id));
  return succeed({
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  });
};

function cursorId(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  throw badValue('a cursor id must be a long');
}

export const count: CommandHandler = (args, { store, database }) => {
  const collection = store.get(`${database}.${args.text('count')}`);
  const filter = parseQuery(args.doc('query'));
  const skip = args.count('skip') ?? 0;
  const limit = args.count('limit');
  args.refuse('hint', 'collation');
  args.ignore('fields');
  args.end();
  const isAll = filter.kind === 'and' && filter.children.length === 0;
  const n = isAll
    ? Math.min(Math.max(0, (collection?.size ?? 0) - skip), limit || Infinity)
    : findDocuments(collection, filter, { skip, ...(limit ? { limit } : {}) }).length;
  return succeed({ n });
};
