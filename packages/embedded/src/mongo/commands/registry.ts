import { aggregate } from './aggregate.js';
import { buildInfo, hello, ping, serverStatus, sessions } from './admin.js';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.js';
import type { CommandHandler } from './command.js';
import { deleteDocuments } from './delete.js';
import { distinct } from './distinct.js';
import { count, find, getMore, killCursors } from './find.js';
import { findAndModify } from './find-and-modify.js';
import { fsync, fsyncUnlock } from './fsync.js';
import { createIndexes, dropIndexes, listIndexes } from './indexes.js';
import { insert } from './insert.js';
import { update } from './update.js';

/** Every command there is, by every name it is called by. */
export const commands: ReadonlyMap<string, CommandHandler> = new Map([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['serverStatus', serverStatus],
  ['endSessions', sessions],
  ['refreshSessions', sessions],
  ['fsync', fsync],
  ['fsyncUnlock', fsyncUnlock],
  ['insert', insert],
  ['update', update],
  ['delete', deleteDocuments],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['count', count],
  ['distinct', distinct],
  ['aggregate', aggregate],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['listCollections', listCollections],
  ['listDatabases', listDatabases],
]);

/** Those that change something, and wait while writes are locked. */
export const changing: ReadonlySet<string> = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'createIndexes',
  'dropIndexes',
  'create',
  'drop',
  'dropDatabase',
]);
