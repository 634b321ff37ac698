import { MongoError, refused } from '../errors.js';
import type { CommandHandler } from './command.js';
import { succeed } from './reply.js';

/** Nothing has to be brought to the disk: every write is in the log before it is answered. */
export const fsync: CommandHandler = (args, { database, commandName, writes, connectionId }) => {
  requireAdmin(database, commandName);
  args.ignore('fsync');
  const lock = args.boolean('lock');
  args.end();
  if (!lock) throw refused('fsync without lock');
  return succeed({
    info: 'now locked against writes, use db.fsyncUnlock() to unlock',
    lockCount: BigInt(writes.take(connectionId)),
  });
};

export const fsyncUnlock: CommandHandler = (args, { database, commandName, writes }) => {
  requireAdmin(database, commandName);
  args.ignore('fsyncUnlock');
  args.end();
  const left = writes.release();
  if (left === undefined) throw new MongoError('IllegalOperation', 'fsyncUnlock called when not locked');
  return succeed({ info: 'fsyncUnlock completed', lockCount: BigInt(left) });
};

function requireAdmin(database: string, command: string): void {
  if (database === 'admin') return;
  throw new MongoError('Unauthorized', `${command} may only be run against the admin database.`);
}
