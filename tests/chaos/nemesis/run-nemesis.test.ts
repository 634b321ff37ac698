import { expect, test } from 'vitest';
import type { Arena } from './arena.js';
import type { Fault } from './fault.js';
import { type Clock, runNemesis } from './run-nemesis.js';

/** Time that passes as soon as nothing else happens, from one moment that somebody waits for to the next. */
function virtualClock(): Clock {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const pass = async (): Promise<void> => {
    // Whatever can happen without time passing happens first.
    await new Promise((resolve) => setImmediate(resolve));
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (!next) return;
    now = Math.max(now, next.at);
    next.wake();
  };
  return {
    now: () => now,
    async sleep(ms) {
      await new Promise<void>((wake) => {
        sleepers.push({ at: now + ms, wake });
        void pass();
      });
    },
  };
}

/** An arena that writes down what is done to it. */
function paperArena() {
  const deeds: string[] = [];
  const note = (deed: string) => async () => void deeds.push(deed);
  const arena: Arena = {
    services: new Map([['orders', { pid: () => undefined }]]),
    servers: new Map(
      ['postgres', 'redis'].map((name) => [
        name,
        {
          kill: note(`kill ${name}`),
          restart: note(`restart ${name}`),
          freeze: () => void deeds.push(`freeze ${name}`),
          thaw: () => void deeds.push(`thaw ${name}`),
        },
      ]),
    ),
    links: new Map([
      ['orders->postgres', { setWeather: ({ kind }) => void deeds.push(`orders->postgres ${kind}`) }],
    ]),
    async freezeDriver() {
      deeds.push('freeze the driver');
      return note('thaw the driver');
    },
    jumpCarrierClock: async (byMs) => void deeds.push(`jump ${byMs}`),
  };
  return { arena, deeds };
}

test('each fault is done and undone, and is on record with its times', async () => {
  const { arena, deeds } = paperArena();
  const plan: Fault[] = [
    { number: 1, atMs: 0, forMs: 40, kind: 'weather', link: 'orders->postgres', weather: { kind: 'cut' } },
    { number: 1, atMs: 10, forMs: 0, kind: 'kill-service', service: 'orders' },
    { number: 1, atMs: 90, forMs: 0, kind: 'carrier-clock', byMs: 1_000 },
    { number: 1, atMs: 120, forMs: 20, kind: 'freeze-driver' },
  ];
  const records = await runNemesis(plan, arena, () => {}, virtualClock());
  expect(deeds).toEqual([
    'orders->postgres cut',
    'orders->postgres calm',
    'jump 1000',
    'freeze the driver',
    'thaw the driver',
  ]);
  expect(records).toEqual(
    plan.map((fault) => ({ fault, startedAt: fault.atMs, endedAt: fault.atMs + fault.forMs })),
  );
});

test('two faults of one server come one after the other, of two at the same time', async () => {
  const { arena, deeds } = paperArena();
  await runNemesis(
    [
      { number: 1, atMs: 0, forMs: 60, kind: 'freeze-server', server: 'postgres' },
      { number: 1, atMs: 10, forMs: 0, kind: 'kill-server', server: 'postgres' },
      { number: 1, atMs: 20, forMs: 0, kind: 'kill-server', server: 'redis' },
    ],
    arena,
    () => {},
    virtualClock(),
  );
  expect(deeds).toEqual([
    'freeze postgres',
    'kill redis',
    'restart redis',
    'thaw postgres',
    'kill postgres',
    'restart postgres',
  ]);
});

test('what cannot be done fails the run, after everything else is undone', async () => {
  const { arena, deeds } = paperArena();
  const running = runNemesis(
    [
      { number: 1, atMs: 0, forMs: 0, kind: 'kill-server', server: 'mongodb' },
      { number: 1, atMs: 0, forMs: 30, kind: 'freeze-server', server: 'redis' },
    ],
    arena,
    () => {},
    virtualClock(),
  );
  await expect(running).rejects.toThrow('There is no mongodb to be harmed, only postgres, redis.');
  expect(deeds).toEqual(['freeze redis', 'thaw redis']);
});

test('a fault that came to nothing is not waited for, and not on record', async () => {
  const { arena } = paperArena();
  const plan: Fault[] = [{ number: 1, atMs: 0, forMs: 60_000, kind: 'freeze-driver' }];
  expect(
    await runNemesis(plan, { ...arena, freezeDriver: async () => undefined }, () => {}, virtualClock()),
  ).toEqual([]);
});
