import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nthSmallest } from './nth-smallest.js';

test('finds what a sort would put there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 }),
      fc.nat(),
      (values, any) => {
        const rank = any % values.length;
        const sorted = [...values].sort((a, b) => a - b);
        expect(nthSmallest(new Int32Array(values), rank)).toBe(sorted[rank]);
      },
    ),
  );
});

test('values that are sorted already, either way, or all the same cost no more than others', () => {
  const ascending = Int32Array.from({ length: 100_000 }, (_, index) => index);
  expect(nthSmallest(ascending.slice(), 95_000)).toBe(95_000);
  expect(nthSmallest(ascending.slice().reverse(), 95_000)).toBe(95_000);
  expect(nthSmallest(new Int32Array(100_000).fill(7), 95_000)).toBe(7);
});
