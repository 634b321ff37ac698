import { expect, test } from 'vitest';
import { portsNeeded, replicaName, serviceOf, shareOut, withReplicas } from './replicas.js';

test('every replicated service gets ports of its own', () => {
  expect(portsNeeded(3)).toBe(6);
  expect([...shareOut([1, 2, 3, 4, 5, 6], 3)]).toEqual([
    ['orders', [1, 2]],
    ['payments', [3, 4]],
    ['gateway', [5, 6]],
  ]);
  expect(portsNeeded(1)).toBe(0);
  expect([...shareOut([], 1).values()].flat()).toEqual([]);
});

test('the gateway is told of every replica, with the path of the first', () => {
  const urls = 'users=http://127.0.0.1:4101/graphql,orders=http://127.0.0.1:4104/graphql';
  expect(withReplicas(urls, shareOut([7, 8, 9], 2))).toBe(
    'users=http://127.0.0.1:4101/graphql,orders=http://127.0.0.1:4104/graphql,orders=http://127.0.0.1:7/graphql',
  );
  expect(withReplicas(urls, shareOut([], 1))).toBe(urls);
});

test('a replica is named after its service', () => {
  expect(['orders', replicaName('orders', 2)].map(serviceOf)).toEqual(['orders', 'orders']);
});
