import { parseArgs } from 'node:util';

/** How long, and which one. */
export interface ChaosOptions {
  /** The same seed plans the same faults and the same journeys. */
  readonly seed: number;
  /** How long faults go on. */
  readonly seconds: number;
  /** How many buyers are at work at once. */
  readonly buyers: number;
  /** A bug to be planted, by name: the run succeeds if it is caught. */
  readonly plant: string | undefined;
  /** Numbers of the planned faults that are done, to find out which ones a failure needs. @default all of them */
  readonly faults: ReadonlySet<number> | undefined;
  /** Leaves the data where it is, also of a sound run. */
  readonly keep: boolean;
}

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
      seconds: { type: 'string', default: '60' },
      buyers: { type: 'string', default: '8' },
      plant: { type: 'string' },
      faults: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  return {
    seed: values.seed === undefined ? randomSeed() : wholeNumber('--seed', values.seed, 0),
    seconds: wholeNumber('--seconds', values.seconds, 1),
    buyers: wholeNumber('--buyers', values.buyers, 1),
    plant: values.plant,
    faults: values.faults === undefined ? undefined : numbers('--faults', values.faults),
    keep: values.keep,
  };
}

const numbers = (name: string, text: string): ReadonlySet<number> =>
  new Set(text.split(',').flatMap((number) => (number === '' ? [] : [wholeNumber(name, number, 1)])));

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${name} must be a whole number of at least ${least}, not ${text}.`);
}
