import { expect, test } from 'vitest';
import { pidOf } from './drivers.js';

test('a driver tells which process it is', () => {
  expect(pidOf('shop-1/4711/0f3a9c21')).toBe(4711);
  expect([pidOf('0f3a9c21'), pidOf('shop-1/x/1'), pidOf('shop/0/1'), pidOf('shop/-1/1')]).toEqual(
    Array(4).fill(undefined),
  );
});
