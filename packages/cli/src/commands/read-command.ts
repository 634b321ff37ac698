import { parseArgs } from 'node:util';
import { ClearError } from '../clear-error.js';
import type { Command, CommandOptions, Flags } from './command-options.js';

/** Which commands an option belongs to. */
const OPTION_OF: Readonly<Record<keyof Flags, readonly string[]>> = {
  split: ['up'],
  missing: ['seed'],
  anchor: ['verify-events'],
  to: ['backup'],
  from: ['restore', 'backups'],
  backup: ['restore'],
  only: ['restore'],
  force: ['restore'],
  service: ['dead-letters'],
  all: ['dead-letters'],
  limit: ['dead-letters'],
  payload: ['dead-letters'],
};

/** Commands that take more words after their name. */
const WITH_OPERANDS: ReadonlySet<string> = new Set(['dead-letters']);

/** Each command loads its code only when it is called: `souk help` needs no database driver. */
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries<Command>({
    up: async (options) => (await import('./up.js')).up(options),
    migrate: async () => (await import('./migrate.js')).migrate(),
    seed: async (options) => (await import('./seed.js')).seed(options),
    'verify-events': async (options) => (await import('./verify-events.js')).verifyEvents(options),
    backup: async (options) => (await import('./backup.js')).backup(options),
    backups: async (options) => (await import('./backups.js')).backups(options),
    restore: async (options) => (await import('./restore.js')).restore(options),
    align: async () => (await import('./align.js')).align(),
    'dead-letters': async (options) => (await import('./dead-letters.js')).deadLetters(options),
    help: async () => console.log(HELP),
  }),
);

export const HELP = `souk <command>

  up              start the shop with everything it needs; Ctrl-C stops it
  up --split      the same with one process for each service
  migrate         bring the databases up to date without starting the shop
  seed            migrate, then fill in the demo data again; changed demo records are put back
  seed --missing  migrate, then fill in the demo data where it was never filled in
  verify-events   check that no event that was kept has been changed; --anchor <number>:<hash> also
                  checks that the chain still goes through what was noted earlier
  backup          back up every database, while the shop runs or not: to S3_BUCKET, else to SOUK_BACKUP_DIR
  backups         list the backups there
  restore         restore the newest backup into an empty place
  align           make event logs go on behind what others have read, after restoring one database by other means
  dead-letters    list the events that services could not apply
    list          --service NAME, --limit N (20), --payload (people's data is hidden)
    replay        try them again: ids of events, or --all; --service NAME
    drop          give them up: ids of events, or --all; --service NAME
  help            this text

  backup --to FOLDER, restore and backups --from FOLDER   a folder instead
  restore --backup NAME                                   another one than the newest
  restore --only SERVICE                                  the database of one service
  restore --force                                         removes the data that is there

Configuration comes from the environment or a file .env; .env.example lists and explains every variable.`;

/**
 * @param words what was typed after `souk`
 * @throws ClearError for what is no command
 */
export function readCommand(words: readonly string[]): {
  readonly command: Command;
  readonly options: CommandOptions;
} {
  const { values, positionals } = parse(words);
  const [name = 'help', ...rest] = values.help ? ['help'] : positionals;
  const command = COMMANDS.get(name);
  if (command === undefined || (rest.length > 0 && !WITH_OPERANDS.has(name))) {
    throw new ClearError(`There is no command "${positionals.join(' ')}". "souk help" lists them.`);
  }
  const { help: _help, ...options } = values;
  for (const [option, owners] of Object.entries(OPTION_OF)) {
    if (options[option as keyof Flags] && !owners.includes(name)) {
      throw new ClearError(`--${option} goes with "souk ${owners.join('" and "souk ')}" only.`);
    }
  }
  return { command, options: { ...options, operands: rest, limit: limitOf(options.limit) } };
}

function limitOf(text = '20'): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new ClearError(`--limit is a whole number from 1 to 1000, not "${text}".`);
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        split: { type: 'boolean', default: false },
        missing: { type: 'boolean', default: false },
        anchor: { type: 'string' },
        force: { type: 'boolean', default: false },
        to: { type: 'string' },
        from: { type: 'string' },
        backup: { type: 'string' },
        only: { type: 'string' },
        service: { type: 'string' },
        all: { type: 'boolean', default: false },
        limit: { type: 'string' },
        payload: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const [reason] = error instanceof Error ? error.message.split('. ') : [];
    throw new ClearError(`${reason ?? 'That cannot be read'}. "souk help" lists what there is.`, {
      cause: error,
    });
  }
}
