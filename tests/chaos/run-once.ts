import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestServer } from '@souk/testkit/servers';
import type { ChaosOptions } from './options.js';
import { bugNamed } from './planted/bugs.js';
import { plant } from './planted/plant.js';
import { openShopLog } from './report/shop-log.js';
import { type Outcome, runChaos } from './run-chaos.js';
import { changeDatabase } from './servers/admin.js';
import { startServers } from './servers/start-servers.js';
import { startChaosShop } from './shop/chaos-shop.js';
import { LEASE_MS } from './shop/drivers.js';

/** Where runs make their folders: taken before the first of them says that it is the place for everything. */
const PLACE = os.tmpdir();

/** Beyond this nothing goes on any more, in milliseconds: starting, coming to rest, ending; without the faults. */
const LIMIT_MS = 900_000;

/** A folder of a run's own. Whatever is started from now on keeps its data in there. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(PLACE, 'souk-chaos-'));
  process.env['TMPDIR'] = folder;
  return folder;
}

/**
 * Starts everything, runs, and ends everything again. Ends the process if that does not come to
 * an end.
 *
 * @param folder of the run
 * @param print takes what goes on, line by line
 * @param keepsData whether databases stay where they are @default true
 */
export async function runOnce(
  options: ChaosOptions,
  folder: string,
  print: (line: string) => void,
  keepsData = true,
): Promise<Outcome> {
  const { seed, seconds, replicas } = options;
  const bug = options.plant === undefined ? undefined : bugNamed(options.plant);
  const startedAt = performance.now();
  const say = (line: string): void => {
    print(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)}  ${line}`);
  };
  const limitMs = LIMIT_MS + seconds * 1_000;
  const limit = setTimeout(() => {
    console.error(`The run has not ended after ${limitMs / 1_000} s. What there is of it is in ${folder}.`);
    process.exit(1);
  }, limitMs);
  const log = openShopLog(path.join(folder, 'shop.log'));
  const ending: (() => Promise<unknown>)[] = [log.close];
  try {
    const servers = await startServers();
    const end = (server: TestServer): Promise<void> => (keepsData ? server.kill() : server.stop());
    ending.unshift(() => Promise.all([...servers.values()].map(end)));
    say(`Servers run: ${[...servers.keys()].join(', ')}.`);
    const shop = await startChaosShop({
      folder,
      servers,
      replicas,
      // The carrier is quick, so that parcels arrive and come back within a run; and no event comes in order, or once.
      environment: {
        SOUK_CARRIER_SPEED: '20',
        SOUK_UNRULY_EVENTS: String(seed),
        SOUK_SAGA_LEASE_MS: String(LEASE_MS),
      },
      say: log.write,
      ...(bug && { change: plant(bug) }),
    });
    ending.unshift(shop.stop);
    if (bug?.statement !== undefined) {
      await changeDatabase(servers.get('postgres')?.url ?? '', bug.service, bug.statement);
    }
    say(`The shop serves at ${shop.url}, in ${shop.processes.size} processes.`);
    return await runChaos(options, { shop, servers, say, bug });
  } finally {
    for (const one of ending) await one();
    clearTimeout(limit);
  }
}
