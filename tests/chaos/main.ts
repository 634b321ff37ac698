import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandOf, readOptions } from './options.js';
import { bugNamed } from './planted/bugs.js';
import { factsAsJson } from './report/facts-as-json.js';
import { summary } from './report/summary.js';
import type { Outcome } from './run-chaos.js';
import { openFolder, runOnce } from './run-once.js';
import { shrinkRun } from './shrink/shrink-run.js';

const options = readOptions(process.argv.slice(2), () => Math.floor(Math.random() * 2 ** 31));
const bug = options.plant === undefined ? undefined : bugNamed(options.plant);
const again = commandOf(options);
const folder = await openFolder();
// Whoever is told to end ends its servers, which happens at `exit`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

/** Prints what came out; true if that is as it should be: nothing is broken, or what a planted bug breaks. */
async function report(outcome: Outcome): Promise<boolean> {
  console.log(summary(outcome, again));
  await writeFile(path.join(folder, 'facts.json'), factsAsJson(outcome));
  if (!bug) return outcome.violations.length === 0;
  const isCaught = outcome.violations.some(({ rule }) => rule === bug.caughtBy);
  console.log(`${bug.name} was ${isCaught ? 'caught' : 'NOT caught'} by: ${bug.caughtBy}`);
  return isCaught;
}

console.log(again);
let isGood = false;
try {
  const outcome = await runOnce(options, folder, console.log);
  isGood = await report(outcome);
  if (options.shrink) console.log(await shrinkRun(options, outcome, console.log));
} catch (error) {
  console.error(error);
}
if (isGood && !options.keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
else console.log(`Everything is kept in ${folder}: databases, shop.log, facts.json.`);
process.exit(isGood ? 0 : 1);
