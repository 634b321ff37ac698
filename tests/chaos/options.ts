import { parseArgs } from 'node:util';

/** How long, and which one. */
export interface ChaosOptions {
  /** The same seed plans the same faults and the same journeys. */
  readonly seed: number;
  /** How long faults go on. */
  readonly seconds: number;
  /** How many buyers are at work at once. */
  readonly buyers: number;
  /** How many processes each of orders, payments and the gateway has. */
  readonly replicas: number;
  /** A bug to be planted, by name: the run succeeds if it is caught. */
  readonly plant: string | undefined;
  /** Numbers of the planned faults that are done, to find out which ones a failure needs. @default all of them */
  readonly faults: ReadonlySet<number> | undefined;
  /** Runs a failed run again and again, to find the fewest of its faults that it needs. */
  readonly shrink: boolean;
  /** Leaves the data where it is, also of a sound run. */
  readonly keep: boolean;
}

const DEFAULTS = { seconds: 60, buyers: 8, replicas: 2 } as const;

/**
 * @param words what was typed after `npm run chaos --`
 * @throws Error that says what is wrong with them
 * @example readOptions(['--seed', '7', '--seconds', '60'], () => 1)
 */
export function readOptions(words: readonly string[], randomSeed: () => number): ChaosOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seed: { type: 'string' },
      seconds: { type: 'string', default: String(DEFAULTS.seconds) },
      buyers: { type: 'string', default: String(DEFAULTS.buyers) },
      replicas: { type: 'string', default: String(DEFAULTS.replicas) },
      plant: { type: 'string' },
      faults: { type: 'string' },
      shrink: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  return {
    seed: values.seed === undefined ? randomSeed() : wholeNumber('--seed', values.seed, 0),
    seconds: wholeNumber('--seconds', values.seconds, 1),
    buyers: wholeNumber('--buyers', values.buyers, 1),
    replicas: wholeNumber('--replicas', values.replicas, 1),
    plant: values.plant,
    faults: values.faults === undefined ? undefined : numbers('--faults', values.faults),
    shrink: values.shrink,
    keep: values.keep,
  };
}

/** What to type for the same run. Whether it is kept and shrunk is left out: that is another wish each time. */
export function commandOf({ seed, seconds, buyers, replicas, plant, faults }: ChaosOptions): string {
  return [
    `npm run chaos -- --seed ${seed} --seconds ${seconds}`,
    ...(buyers === DEFAULTS.buyers ? [] : [`--buyers ${buyers}`]),
    ...(replicas === DEFAULTS.replicas ? [] : [`--replicas ${replicas}`]),
    ...(plant === undefined ? [] : [`--plant ${plant}`]),
    // `--faults ` alone would be read as a missing word.
    ...(faults === undefined ? [] : [`--faults=${[...faults].join()}`]),
  ].join(' ');
}

const numbers = (name: string, text: string): ReadonlySet<number> =>
  new Set(text.split(',').flatMap((number) => (number === '' ? [] : [wholeNumber(name, number, 1)])));

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${name} must be a whole number of at least ${least}, not ${text}.`);
}
