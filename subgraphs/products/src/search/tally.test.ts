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
  expect(taken(tally.take(2))).toEqual([[2, 3]]);
  collect();
  expect(taken(tally.take(3))).toEqual([
    [1, 1.5],
    [2, 3],
    [3, 1.5],
  ]);
});

test('it begins anew each time', () => {
  const tally = createTally();
  tally.add(1, 1);
  tally.take();
  expect(taken(tally.take())).toEqual([]);
  tally.raise(1, 0.5);
  expect(taken(tally.take())).toEqual([[1, 0.5]]);
});
