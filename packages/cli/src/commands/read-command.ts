import { parseArgs } from 'node:util';
import { ClearError } from '../clear-error.js';

/** What may follow a command's name. */
export interface CommandOptions {
  readonly split: boolean;
  readonly missing: boolean;
  /** What was noted of the chain of events. */
  readonly anchor?: string;
}

/** Which command an option belongs to. */
const OPTION_OF = { split: 'up', missing: 'seed', anchor: 'verify-events' } as const;

export type Command = (options: CommandOptions) => Promise<void>;

/** Each command loads its code only when it is called: `souk help` needs no database driver. */
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries<Command>({
    up: async (options) => (await import('./up.js')).up(options),
    migrate: async () => (await import('./migrate.js')).migrate(),
    seed: async (options) => (await import('./seed.js')).seed(options),
    'verify-events': async (options) => (await import('./verify-events.js')).verifyEvents(options),
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
  help            this text

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
  if (command === undefined || rest.length > 0) {
    throw new ClearError(`There is no command "${positionals.join(' ')}". "souk help" lists them.`);
  }
  const { split, missing, anchor } = values;
  for (const [option, owner] of Object.entries(OPTION_OF)) {
    if (values[option as keyof typeof OPTION_OF] && name !== owner) {
      throw new ClearError(`--${option} goes with "souk ${owner}" only.`);
    }
  }
  return { command, options: { split, missing, ...(anchor === undefined ? {} : { anchor }) } };
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
