import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '@souk/demo-data/random';
import { openAccounts } from './buyers/accounts.js';
import { buyOnce } from './buyers/buy-once.js';
import { createBank } from './buyers/bank.js';
import { createGraphClient } from './buyers/graph-client.js';
import { patientClient } from './buyers/patient-client.js';
import { createCrowd } from './buyers/run-buyers.js';
import { createStaff } from './buyers/staff.js';
import { stockShelves } from './buyers/stock-shelves.js';
import type { Violation } from './checker/violation.js';
import { comeToRest } from './come-to-rest.js';
import { collectFacts } from './facts/collect-facts.js';
import { allStock } from './facts/collect-orders.js';
import type { Facts } from './facts/facts.js';
import { openReader } from './facts/reader.js';
import { createDiary, ofKind } from './facts/told.js';
import type { Arena } from './nemesis/arena.js';
import { describeHarm, type FaultRecord } from './nemesis/fault.js';
import { endOf, planFaults } from './nemesis/plan-faults.js';
import { runNemesis } from './nemesis/run-nemesis.js';
import { openingHours } from './opening-hours.js';
import type { ChaosOptions } from './options.js';
import { type PlantedBug, hadItsChance } from './planted/bugs.js';
import { changeDatabase } from './servers/admin.js';
import type { Servers } from './servers/start-servers.js';
import type { ChaosShop } from './shop/chaos-shop.js';
import { freezeDriver } from './shop/drivers.js';

/** What a run brought to light. */
export interface Outcome {
  readonly violations: readonly Violation[];
  readonly facts: Facts;
  readonly faults: readonly FaultRecord[];
  /** From the last fault until everything was as it should be, in milliseconds. */
  readonly restMs: number;
}

/** What the simulated carrier is going to see, it sees sooner or later by so many milliseconds. */
const JUMP = `UPDATE simulated_scans SET due_at = due_at - $1::float * INTERVAL '1 ms' WHERE driven_at IS NULL`;

/** Longest way back after the last fault, until the shop answers; and from then on until it is at rest; in milliseconds. */
const REST_MS = 180_000;

/** How long people shop after the last of chosen faults, in milliseconds. */
const AFTERMATH_MS = 5_000;

/** What {@link runChaos} needs. */
export interface RunDeps {
  readonly shop: ChaosShop;
  readonly servers: Servers;
  /** Takes what goes on, line by line. */
  readonly say: (line: string) => void;
  /** What was planted, and has to be caught. @default nothing */
  readonly bug: PlantedBug | undefined;
}

/**
 * Sends buyers shopping while faults happen, lets the shop come to rest by itself, and checks what it promised.
 */
export async function runChaos(
  { seed, seconds, buyers, replicas, faults: chosen }: ChaosOptions,
  { shop, servers, say, bug }: RunDeps,
): Promise<Outcome> {
  const run = `chaos-${seed}-${Date.now().toString(36)}`;
  const graph = createGraphClient(shop.url);
  const diary = createDiary(Date.now);
  const patient = patientClient(graph);
  const { staff, customers } = await openAccounts(patient, run, Math.ceil(buyers / 2));
  const variants = await stockShelves(patient, staff, run);
  const reader = await openReader(urlOf(servers, 'postgres'));
  await buyOnce(patient, variants[0] ?? '', staff);
  say('An order went all the way; nothing is broken yet.');
  // From here on every way that an order takes is known.
  const links = shop.links();
  const stockBefore = await allStock(patient, staff);
  const since = Date.now();

  const identities = Array.from({ length: buyers }, (_, index) => customers[index] ?? {});
  const bank = createBank(graph, staff);
  const crowd = createCrowd({ seed, run, graph, diary, bank, identities, variants });
  const worker = createStaff({
    run,
    random: createRandom(seed, 'staff'),
    graph,
    diary,
    identity: staff,
    variants,
    recentOrders: () => ofKind(diary.entries(), 'placed').map(({ orderId }) => orderId),
  });
  const terrain = {
    services: [...shop.processes.keys()].sort(),
    servers: [...servers.keys()],
    links: [...links.keys()],
    carrier: shop.processes.has('shipping'),
    drivers: replicas > 1,
  };
  const plan = planFaults(createRandom(seed, 'faults'), terrain, seconds * 1_000, bug?.provokedBy).filter(
    ({ number }) => chosen?.has(number) ?? true,
  );
  const isEnough = (): boolean => !bug || hadItsChance(bug, diary.entries());
  const ms = chosen ? Math.min(seconds * 1_000, endOf(plan) + AFTERMATH_MS) : seconds * 1_000;
  const over = openingHours({ ms, isEnough });
  const arena: Arena = {
    services: shop.processes,
    servers,
    links,
    freezeDriver: () =>
      freezeDriver({
        reader,
        asked: () => shop.processes.get('inventory')?.pid(),
        isOurs: (pid) => [...shop.processes.values()].some((process) => process.pid() === pid),
        say,
      }),
    jumpCarrierClock: (byMs) => changeDatabase(urlOf(servers, 'postgres'), 'shipping', JUMP, [byMs]),
  };
  try {
    const [faults] = await Promise.all([
      runNemesis(plan, arena, (fault) => say(`⚡ ${fault.number}: ${describeHarm(fault)}`)),
      crowd.shop(over),
      worker.work(over),
    ]);
    const calmAt = performance.now();
    say('Faults are over; the shop comes to rest.');
    await untilReady(shop.url, calmAt + REST_MS);
    await Promise.all([crowd.askAgain(), worker.askAgain()]);
    const knownAt = performance.now();
    // Replaying all events takes its time on a busy machine.
    const reading = createGraphClient(shop.url, { patienceMs: REST_MS });
    const collect = (): Promise<Facts> =>
      collectFacts({
        graph: reading,
        staff,
        reader,
        mongoUrl: urlOf(servers, 'mongo'),
        since,
        stockBefore,
        diary,
      });
    const { facts, violations } = await comeToRest({
      collect,
      breaks: bug?.caughtBy,
      isOver: () => performance.now() > knownAt + REST_MS,
      pause: () => delay(1_000),
    });
    return { facts, violations, faults, restMs: performance.now() - calmAt };
  } finally {
    await Promise.allSettled([crowd.close(), reader.close()]);
  }
}

async function untilReady(url: string, deadline: number): Promise<void> {
  for (;;) {
    const ready = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (performance.now() > deadline)
      throw new Error('The shop is not ready again although faults are over.');
    await delay(200);
  }
}

function urlOf(servers: Servers, name: 'postgres' | 'mongo'): string {
  const server = servers.get(name);
  if (!server) throw new Error(`${name} was not started.`);
  return server.url;
}
