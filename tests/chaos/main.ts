import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readOptions } from './options.js';
import { bugNamed } from './planted/bugs.js';
import { plant } from './planted/plant.js';
import { factsAsJson } from './report/facts-as-json.js';
import { openShopLog } from './report/shop-log.js';
import { summary } from './report/summary.js';
import { type Outcome, runChaos } from './run-chaos.js';
import { changeDatabase } from './servers/admin.js';
import { startServers } from './servers/start-servers.js';
import { startChaosShop } from './shop/chaos-shop.js';

const options = readOptions(process.argv.slice(2), () => Math.floor(Math.random() * 2 ** 31));
const { seed, seconds } = options;
const bug = options.plant === undefined ? undefined : bugNamed(options.plant);
const again = `npm run chaos -- --seed ${seed} --seconds ${seconds}${bug ? ` --plant ${bug.name}` : ''}`;
const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-chaos-'));
// Whatever is started keeps its data in there.
process.env['TMPDIR'] = folder;
// Whoever is told to end ends its servers, which happens at `exit`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

/** The carrier is quick, so that parcels arrive and come back within a run; and no event comes in order, or once. */
const environment = { SOUK_CARRIER_SPEED: '20', SOUK_UNRULY_EVENTS: String(seed) };

const startedAt = performance.now();
const say = (line: string): void => {
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)}  ${line}`);
};

/** Starts everything, runs, and ends everything again; data stays where it is. */
async function run(): Promise<Outcome> {
  const log = openShopLog(path.join(folder, 'shop.log'));
  const ending: (() => Promise<unknown>)[] = [log.close];
  try {
    const servers = await startServers();
    ending.unshift(() => Promise.all([...servers.values()].map((server) => server.kill())));
    say(`Servers run: ${[...servers.keys()].join(', ')}.`);
    const change = bug && plant(bug);
    const shop = await startChaosShop({
      folder,
      servers,
      environment,
      say: log.write,
      ...(change && { change }),
    });
    ending.unshift(shop.stop);
    if (bug?.statement !== undefined) {
      await changeDatabase(servers.get('postgres')?.url ?? '', bug.service, bug.statement);
    }
    say(`The shop serves at ${shop.url}, in ${shop.processes.size} processes.`);
    return await runChaos(options, { shop, servers, say, breaks: bug?.caughtBy });
  } finally {
    for (const end of ending) await end();
  }
}

/** Beyond this nothing goes on any more, in milliseconds: starting, the run itself, coming to rest, ending. */
const LIMIT_MS = 600_000 + seconds * 1_000;
setTimeout(() => {
  console.error(`The run has not ended after ${LIMIT_MS / 1_000} s. What there is of it is in ${folder}.`);
  process.exit(1);
}, LIMIT_MS).unref();

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
  isGood = await report(await run());
} catch (error) {
  console.error(error);
}
if (isGood && !options.keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
else console.log(`Everything is kept in ${folder}: databases, shop.log, facts.json.`);
process.exit(isGood ? 0 : 1);
