import { rm } from 'node:fs/promises';
import { describeHarm } from '../nemesis/fault.js';
import { type ChaosOptions, commandOf } from '../options.js';
import { storiesOf } from '../report/summary.js';
import type { Outcome } from '../run-chaos.js';
import { openFolder, runOnce } from '../run-once.js';
import { shrink } from './shrink.js';

/** Runs at most, and the time after which no other one begins, in milliseconds. */
const MOST_RUNS = 40;
const MOST_MS = 3_600_000;

/**
 * Runs again and again with fewer faults, and tells the fewest that still break one of the promises that a run has broken.
 *
 * @param failed the run with all faults
 * @param print takes a line for each run
 * @returns what to print in the end
 */
export async function shrinkRun(
  options: ChaosOptions,
  failed: Outcome,
  print: (line: string) => void,
): Promise<string> {
  const rules = new Set(failed.violations.map(({ rule }) => rule));
  if (rules.size === 0) return 'Nothing is broken: there is nothing to shrink.';
  const harms = new Map(failed.faults.map(({ fault }) => [fault.number, describeHarm(fault)]));
  const startedAt = performance.now();
  print(`\nLooking for fewer faults that break: ${[...rules].join('; ')}`);
  const { faults, result, runs } = await shrink<Outcome>({
    faults: [...harms.keys()].sort((a, b) => a - b),
    async run(some) {
      const folder = await openFolder();
      try {
        return await runOnce({ ...options, faults: new Set(some) }, folder, () => {}, false);
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
    hasFailed: ({ violations }) => violations.some(({ rule }) => rules.has(rule)),
    mostRuns: MOST_RUNS,
    isOver: () => performance.now() - startedAt > MOST_MS,
    say: (some, outcome) => print(`  ${outcome.padEnd(10)} with ${some.length === 0 ? 'none' : some.join()}`),
  });
  return [
    '',
    ...(result ? storiesOf(result) : []),
    `The fewest faults of ${runs} runs that still break it: ${faults.length} of ${harms.size}`,
    ...faults.map((number) => `  ⚡ ${number}: ${harms.get(number)}`),
    `Again: ${commandOf({ ...options, faults: new Set(faults), shrink: false })}`,
  ].join('\n');
}
