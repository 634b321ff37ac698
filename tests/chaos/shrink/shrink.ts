import { ddmin } from './ddmin.js';

/** What {@link shrink} needs. */
export interface ShrinkOptions<Result> {
  /** Numbers of the faults of a run that failed. */
  readonly faults: readonly number[];
  /** Runs again with some of them. A run that cannot even begin says nothing: it rejects. */
  readonly run: (faults: readonly number[]) => Promise<Result>;
  readonly hasFailed: (result: Result) => boolean;
  /** Runs at most, in all. */
  readonly mostRuns: number;
  /** True once there is no time for another run. */
  readonly isOver: () => boolean;
  /** Hears of each run that has ended. */
  readonly say: (faults: readonly number[], outcome: 'failed' | 'sound' | 'broken off') => void;
}

/** The fewest faults that were seen to fail, and the last run that did so. */
export interface Shrunk<Result> {
  readonly faults: readonly number[];
  /** Undefined if no run with fewer faults failed. */
  readonly result: Result | undefined;
  readonly runs: number;
}

/**
 * Finds few faults that a failure needs. Processes never interleave twice in the same way, so a run that did not fail is
 * tried once more before its faults are thought to be harmless.
 */
export async function shrink<Result>(options: ShrinkOptions<Result>): Promise<Shrunk<Result>> {
  const { faults, run, hasFailed, mostRuns, isOver, say } = options;
  const sound = new Set<string>();
  let runs = 0;
  let result: Result | undefined;
  const mayNotGoOn = (): boolean => runs >= mostRuns || isOver();

  const failsOnce = async (some: readonly number[]): Promise<boolean> => {
    runs += 1;
    const outcome = await run(some).catch(() => undefined);
    const failed = outcome !== undefined && hasFailed(outcome);
    if (failed) result = outcome;
    say(some, outcome === undefined ? 'broken off' : failed ? 'failed' : 'sound');
    return failed;
  };
  const fails = async (some: readonly number[]): Promise<boolean> => {
    const name = some.join();
    if (sound.has(name)) return false;
    if (await failsOnce(some)) return true;
    if (!mayNotGoOn() && (await failsOnce(some))) return true;
    sound.add(name);
    return false;
  };
  const fewest = await ddmin(faults, fails, mayNotGoOn);
  return { faults: fewest, result, runs };
}
