import type { Reply } from '../wire/reply.js';
import type { RecordWriter } from '../storage/record.js';
import type { Store } from '../storage/store.js';
import type { Arguments } from './arguments.js';
import type { Cursors } from './cursors.js';
import type { WriteLock } from './write-lock.js';

/** What a command works with. It runs from start to end without giving way, which makes every command atomic. */
export interface CommandContext {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly writes: WriteLock;
  readonly journal: RecordWriter;
  readonly database: string;
  /** The name the command was called by; some have two. */
  readonly commandName: string;
  readonly now: () => Date;
  /** A number for the connection, as hello tells it. */
  readonly connectionId: number;
  readonly started: Date;
}

export type CommandHandler = (args: Arguments, context: CommandContext) => Reply;
