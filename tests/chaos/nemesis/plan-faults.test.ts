import { createRandom } from '@souk/demo-data/random';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOf, planFaults } from './plan-faults.js';

const terrain = {
  services: ['orders', 'payments'],
  servers: ['postgres', 'rabbitmq'],
  links: ['orders->postgres', 'gateway->orders'],
  carrier: true,
  drivers: true,
};
const plan = (seed: number, ms: number, over: Partial<typeof terrain> = {}) =>
  planFaults(createRandom(seed, 'faults'), { ...terrain, ...over }, ms);

test('the same seed makes the same plan, another one another', () => {
  expect(plan(7, 60_000)).toEqual(plan(7, 60_000));
  expect(plan(8, 60_000)).not.toEqual(plan(7, 60_000));
});

test('every fault begins and ends within the time, in order, and names what there is', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 60_000 }), (seed, ms) => {
      const faults = plan(seed, ms);
      expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).sort((a, b) => a - b));
      for (const fault of faults) {
        expect(fault.atMs + fault.forMs).toBeLessThanOrEqual(ms);
        if ('service' in fault) expect(terrain.services).toContain(fault.service);
        if ('server' in fault) expect(terrain.servers).toContain(fault.server);
        if ('link' in fault) expect(terrain.links).toContain(fault.link);
      }
    }),
  );
});

test('every kind comes within half a minute, and a minute has at least fifteen faults', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const early = plan(seed, 60_000).filter(({ atMs }) => atMs < 30_000);
    expect(new Set(early.map(({ kind }) => kind)).size).toBe(7);
    expect(plan(seed, 60_000).length).toBeGreaterThanOrEqual(15);
  }
});

test('a plan may begin with a certain kind, if there is what it harms', () => {
  const begin = (over: Partial<typeof terrain>) =>
    planFaults(createRandom(5, 'faults'), { ...terrain, ...over }, 60_000, 'freeze-driver').map(
      ({ kind }) => kind,
    );
  expect(begin({})[0]).toBe('freeze-driver');
  expect(new Set(begin({}).slice(0, 7)).size).toBe(7);
  expect(begin({ drivers: false })).not.toContain('freeze-driver');
});

test('what is not there is not harmed', () => {
  const kinds = plan(3, 180_000, { servers: [], carrier: false, drivers: false }).map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['kill-service', 'freeze-service', 'weather']));
  expect(plan(3, 60_000, { services: [], servers: [], carrier: false, drivers: false, links: [] })).toEqual(
    [],
  );
});

test('a plan ends with its last fault, which need not be the one that begins last', () => {
  const faults = [
    { number: 1, atMs: 1_000, forMs: 9_000, kind: 'freeze-service', service: 'orders' },
    { number: 2, atMs: 4_000, forMs: 0, kind: 'kill-service', service: 'orders' },
  ] as const;
  expect(endOf(faults)).toBe(10_000);
  expect(endOf([])).toBe(0);
});
