import { expect, it } from 'vitest';
import type { TextTransport } from '../subgraph-transport.js';
import { createChooser, newReplica, type Replica, rest } from './replica.js';

// The choice never looks at how a replica is reached.
const nowhere = {} as TextTransport;
const replicas = (...requests: number[]): Replica[] =>
  requests.map((count, index) => Object.assign(newReplica(`r${index}`, nowhere), { requests: count }));

it('chooses the least busy one', () => {
  expect(createChooser()(replicas(3, 1, 2), 'requests', 0)?.key).toBe('r1');
});

it('lets equally busy ones take turns', () => {
  const all = replicas(0, 0, 0);
  const choose = createChooser();
  const keys = Array.from({ length: 6 }, () => choose(all, 'requests', 0)?.key);
  for (const key of ['r0', 'r1', 'r2']) expect(keys.filter((chosen) => chosen === key)).toHaveLength(2);
});

it('balances streams by streams alone', () => {
  const all = replicas(0, 9);
  all[0]!.streams = 1;
  expect(createChooser()(all, 'streams', 0)?.key).toBe('r1');
});

it('lets one that failed rest, ever longer, and then tries it with one request at a time', () => {
  const all = replicas(0, 5);
  const [failed] = all as [Replica, Replica];
  const choose = createChooser();
  expect(rest(failed, 100, 0)).toBe(100);
  expect(choose(all, 'requests', 99)?.key).toBe('r1');
  expect(choose(all, 'requests', 100)?.key).toBe('r0');
  failed.requests = 1;
  expect(choose(all, 'requests', 100)?.key).toBe('r1');
  expect([rest(failed, 100, 100), rest(failed, 100, 300), rest(failed, 100, 700)]).toEqual([200, 400, 800]);
  failed.faults = 60;
  expect(rest(failed, 100, 10_000)).toBe(30_000);
});

it('takes requests that fail together for one failure', () => {
  const [replica] = replicas(3) as [Replica];
  expect([1, 2, 3].map((now) => rest(replica, 100, now))).toEqual([100, undefined, undefined]);
});

it('tries those that seem ill when no other is left, and nobody twice', () => {
  const all = replicas(0, 0);
  for (const replica of all) replica.isHealthy = false;
  const choose = createChooser();
  const first = choose(all, 'requests', 0);
  const second = choose(all, 'requests', 0, new Set([first!]));
  expect(new Set([first?.key, second?.key])).toEqual(new Set(['r0', 'r1']));
  expect(choose(all, 'requests', 0, new Set([first!, second!]))).toBeUndefined();
});
