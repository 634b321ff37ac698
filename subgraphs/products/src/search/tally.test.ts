import { expect, test } from 'vitest';
import { createTally } from './tally.js';

const taken = ({ rows, worth }: { rows: Int32Array; worth: Float32Array }): [number, number][] =>
  [...rows].map((row, index): [number, number] => [row, worth[index] ?? 0]).sort(([a], [b]) => a - b);

test('a tally keeps the best of each row', () => {
  const tally = createTally();
  tally.makeRoom(5_000);
  tally.raise(4_999, 1);
  tally.raise(3, 2);
  tally.raise(4_999, 4);
  tally.raise(4_999, 3);
  expect(taken(tally.take())).toEqual([
    [3, 2],
    [4_999, 4],
  ]);
});

test('it adds up, and gives the rows that came often enough; if none did, all of them', () => {
  const tally = createTally();
  const collect = (): void => [1, 2, 2, 3].forEach((row) => tally.add(row, 1.5));
  collect();
  const twice = tally.take(2);
  expect([taken(twice), twice.isOftenEnough]).toEqual([[[2, 3]], true]);
  collect();
  const all = tally.take(3);
  expect(taken(all)).toEqual([
    [1, 1.5],
    [2, 3],
    [3, 1.5],
  ]);
  expect(all.isOftenEnough).toBe(false);
});

test('it begins anew each time', () => {
  const tally = createTally();
  tally.add(1, 1);
  tally.take();
  const nothing = tally.take();
  expect([taken(nothing), nothing.isOftenEnough]).toEqual([[], false]);
  tally.raise(1, 0.5);
  expect(taken(tally.take())).toEqual([[1, 0.5]]);
});
