import { MongoError } from '../errors.js';
import type { Logger } from '../options.js';
import type { DataFolder } from '../storage/data-folder.js';
import { RecordWriter } from '../storage/record.js';
import type { Store } from '../storage/store.js';
import type { Reply } from '../wire/reply.js';
import type { Request } from '../wire/request.js';
import { Arguments } from './arguments.js';
import type { CommandContext } from './command.js';
import type { Cursors } from './cursors.js';
import { readGeneric } from './generic.js';
import { changing, commands } from './registry.js';
import { fail } from './reply.js';
import type { WriteLock } from './write-lock.js';

export interface ExecuteDependencies {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly writes: WriteLock;
  /** Absent when everything is in memory only. */
  readonly folder: DataFolder | undefined;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly started: Date;
}

/**
 * Runs one command. The command itself happens at once, before this returns; the promise waits until what it changed
 * is in the log, because only then may the client be told. While writes are locked, what would change something waits.
 */
export function execute(
  request: Request,
  connectionId: number,
  deps: ExecuteDependencies,
): Promise<Reply> | Reply {
  const [name = ''] = request.command.keys();
  if (deps.writes.isHeld && changing.has(name)) {
    return deps.writes.freed().then(() => execute(request, connectionId, deps));
  }
  const journal = new RecordWriter();
  let reply: Reply;
  let sync = false;
  try {
    if (deps.folder?.log.broken !== undefined) throw deps.folder.log.broken;
    const handler = commands.get(name);
    if (handler === undefined) throw new MongoError('CommandNotFound', `no such command: '${name}'`);
    const args = new Arguments(name, request.command, request.sequences);
    sync = readGeneric(args, request.command).journaled;
    reply = handler(args, contextOf(request, name, journal, connectionId, deps));
  } catch (error) {
    reply = fail(asMongoError(error, deps.logger));
  }
  // a command that failed half-way may have changed something, which then has to be in the log like anything else
  if (deps.folder === undefined || journal.isEmpty) return reply;
  return acknowledge(reply, journal, sync, deps.folder, deps.logger);
}

function contextOf(
  { command }: Request,
  commandName: string,
  journal: RecordWriter,
  connectionId: number,
  { store, cursors, writes, now, started }: ExecuteDependencies,
): CommandContext {
  const database = command.get('$db');
  if (typeof database !== 'string' || database === '') {
    throw new MongoError('InvalidNamespace', 'a command needs a $db');
  }
  return { store, cursors, writes, journal, database, commandName, now, connectionId, started };
}

function acknowledge(
  reply: Reply,
  journal: RecordWriter,
  sync: boolean,
  folder: DataFolder,
  logger: Logger,
): Promise<Reply> {
  folder.log.append(journal.take());
  return folder.log.written(sync).then(
    () => {
      folder.compactIfWorthwhile();
      return reply;
    },
    (error: unknown) => fail(asMongoError(error, logger)),
  );
}

function asMongoError(error: unknown, logger: Logger): MongoError {
  if (error instanceof MongoError) return error;
  logger.error({ err: error }, 'a command failed unexpectedly in the embedded MongoDB server');
  return new MongoError(
    'InternalError',
    'The embedded MongoDB server failed on this command; its log says why',
  );
}
