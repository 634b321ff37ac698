import { createLogger } from '@souk/kit/log';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createSigns, TROUBLED_PLANNER } from '../__fixtures__/planner-trouble.js';
import { createTinyShop, silent } from '../__fixtures__/tiny-shop.js';
import { createDocumentCache } from '../engine/documents.js';
import type { CheckedOperation } from '../operation/checked-operation.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { loadSupergraph } from '../supergraph/load.js';
import { createPlanner, type Planner, type PlannerOptions } from './planner.js';

const supergraph = loadSupergraph(composeSupergraph(createTinyShop().apps).supergraphSdl);
const documents = createDocumentCache(supergraph.api.schema);
const operation = (query: string, name?: string): CheckedOperation => {
  const checked = documents.check(query, name);
  if (!('document' in checked)) throw new Error(`invalid: ${checked.map(String).join()}`);
  return checked;
};
const named = (name: string): CheckedOperation => operation(`query ${name} { products { id } }`);

const open = new Set<Planner>();
const planner = (options: Partial<PlannerOptions> = {}): Planner => {
  const made = createPlanner(supergraph, { logger: silent, ...options });
  open.add(made);
  return made;
};
afterEach(async () => {
  for (const one of open) await one.close();
  open.clear();
});

describe('a planner', () => {
  it('plans an operation once, and each operation of a document by itself', async () => {
    const lookups: boolean[] = [];
    const { plan } = planner({ onLookup: (hit) => lookups.push(hit) });
    const two = 'query A { products { id } } query B { products { stock } }';
    const [a, b, again] = await Promise.all(['A', 'B', 'A'].map(async (name) => plan(operation(two, name))));
    expect([a?.node?.kind, b?.node?.kind, again]).toEqual(['Fetch', 'Sequence', a]);
    expect(lookups).toEqual([false, false, true]);
    // At once, without a promise.
    expect(plan(operation(two, 'A'))).toBe(a);
  });

  it('forgets what was used longest ago', async () => {
    const made = planner({ limit: 2 });
    const [one, two, three] = [named('One'), named('Two'), named('Three')];
    const first = await made.plan(one);
    const second = await made.plan(two);
    expect(made.plan(one)).toBe(first);
    await made.plan(three);
    expect([made.size, made.plan(one)]).toEqual([2, first]);
    expect(await made.plan(two)).not.toBe(second);
  });

  it('stores no plan of a document with a card number in it', async () => {
    const stored: string[] = [];
    const store = {
      get: () => undefined,
      set: (key: string) => void stored.push(key),
      flush: async () => {},
    };
    const { plan } = planner({ store });
    await plan(operation('query Card { product(id: "4242 4242 4242 4242") { id } }'));
    expect(stored).toEqual([]);
    await plan(operation('query Plain { product(id: "p1") { id } }'));
    expect(stored).toHaveLength(1);
  });

  it('splits a subscription into its stream and what is joined', async () => {
    const { node } = await planner().plan(operation('subscription { priceChanged { name stock } }'));
    expect(node).toMatchObject({
      kind: 'Subscription',
      primary: { serviceName: 'products' },
      rest: { kind: 'Sequence' },
    });
  });
});

describe('a planner in trouble', () => {
  const signs = createSigns();
  afterAll(signs.remove);
  const complaints: string[] = [];
  const troubled = (options: Partial<PlannerOptions> = {}): Planner =>
    planner({
      program: TROUBLED_PLANNER,
      logger: createLogger({ level: 'warn', destination: { write: (line) => void complaints.push(line) } }),
      ...options,
    });

  it('holds nobody up whose plan is known', async () => {
    const made = troubled();
    const known = await made.plan(named('Known'));
    const gate = signs.next();
    let isPlanned = false;
    const waiting = Promise.resolve(made.plan(named(`Gated_${gate.name}`))).then(() => (isPlanned = true));
    for (let turn = 0; turn < 50; turn += 1) {
      expect(made.plan(named('Known'))).toBe(known);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(isPlanned).toBe(false);
    gate.give();
    await waiting;
  });

  it('lets those who wait go before what is planned ahead', async () => {
    const made = troubled();
    const gate = signs.next();
    const done: string[] = [];
    const plan = (name: string, urgency: 'now' | 'ahead') =>
      Promise.resolve(made.plan(named(name), urgency)).then(() => done.push(name));
    const all = [
      plan(`Gated_${gate.name}`, 'now'),
      plan('Ahead', 'ahead'),
      plan('AheadUntilAsked', 'ahead'),
      plan('Now', 'now'),
    ];
    void made.plan(named('AheadUntilAsked'));
    gate.give();
    await Promise.all(all);
    expect(done.slice(1)).toEqual(['AheadUntilAsked', 'Now', 'Ahead']);
  });

  it('gives up what takes too long, and goes on with the others', async () => {
    const made = troubled({ limits: { timeoutMs: 3_000 } });
    const known = await made.plan(named('Before'));
    const stuck = made.plan(named('Stuck'));
    const next = made.plan(named('Next'));
    await expect(stuck).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true });
    expect(await next).toMatchObject({ node: { kind: 'Fetch' } });
    // It is not tried again for a while: each try costs a thread.
    const refusals = complaints.length;
    await expect(made.plan(named('Stuck'))).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(complaints).toHaveLength(refusals);
    expect(made.plan(named('Before'))).toBe(known);
  });

  it('tries an operation once more when its thread breaks down, and gives up then', async () => {
    const made = troubled();
    const once = signs.next();
    expect(await made.plan(named(`CrashOnce_${once.name}`))).toMatchObject({ kind: 'QueryPlan' });
    const crash = made.plan(named('Crash'));
    const next = made.plan(named('Next'));
    await expect(crash).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(await next).toMatchObject({ kind: 'QueryPlan' });
  });

  it('survives a plan that needs more memory than there is', async () => {
    const made = troubled({ limits: { memoryMb: 64, timeoutMs: 60_000 } });
    await expect(made.plan(named('Greedy'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(complaints.join()).toContain('ERR_WORKER_OUT_OF_MEMORY');
    expect(await made.plan(named('Small'))).toMatchObject({ kind: 'QueryPlan' });
  });

  it('refuses what is too much, and what waits too long', async () => {
    const made = troubled({ limits: { queue: 1, waitMs: 3_000, timeoutMs: 60_000 } });
    await made.plan(named('First'));
    const gate = signs.next();
    const running = made.plan(named(`Gated_${gate.name}`));
    const waiting = made.plan(named('Waits'));
    await expect(made.plan(named('TooMuch'))).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    await expect(waiting).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    gate.give();
    expect(await running).toMatchObject({ kind: 'QueryPlan' });
  });

  it('that cannot start says so to everybody who asks, and to the log', async () => {
    const made = troubled({ program: new URL('file:///nowhere/planner.mjs') });
    const asked = [made.plan(named('One')), made.plan(named('Two'))];
    for (const plan of asked) await expect(plan).rejects.toThrow('cannot plan new operations right now');
    expect(complaints.join()).toContain('the planning thread broke down');
  });

  it('says so when the planner itself fails at an operation, and goes on', async () => {
    const made = troubled();
    // The thread looks for an operation that its document does not hold.
    const failing = made.plan({ ...named('One'), name: 'Another' });
    await expect(failing).rejects.toMatchObject({ code: 'INTERNAL', retryable: false });
    await expect(failing).rejects.toThrow('could not be planned');
    expect(complaints.join()).toContain('the planner failed at an operation');
    expect(await made.plan(named('Next'))).toMatchObject({ kind: 'QueryPlan' });
  });

  it('finishes what was asked when another supergraph takes over, and is there for late comers', async () => {
    const made = troubled();
    await made.plan(named('First'));
    const gate = signs.next();
    const asked = made.plan(named(`Gated_${gate.name}`));
    const retired = made.retire();
    gate.give();
    expect(await asked).toMatchObject({ kind: 'QueryPlan' });
    await retired;
    expect(await made.plan(named('Late'))).toMatchObject({ kind: 'QueryPlan' });
  });

  it('lets nobody wait when it is closed', async () => {
    const made = troubled();
    const asked = [made.plan(named('Stuck')), made.plan(named('Behind'))].map((plan) =>
      expect(plan).rejects.toThrow('stopping'),
    );
    await made.close();
    await Promise.all(asked);
    await expect(made.plan(named('After'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
