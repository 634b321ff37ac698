import { describe, expect, it } from 'vitest';
import { labelled, ticksTo } from './chart-scale.js';

describe('ticksTo', () => {
  it.each([
    [0, [0]],
    [1, [0, 0.25, 0.5, 0.75, 1]],
    [87, [0, 25, 50, 75, 100]],
    [870, [0, 250, 500, 750, 1_000]],
    [1_000, [0, 250, 500, 750, 1_000]],
    [1_001, [0, 500, 1_000, 1_500]],
  ])('%d lies under round lines', (largest, ticks) => {
    expect(ticksTo(largest)).toEqual(ticks);
  });
});

describe('labelled', () => {
  it.each([
    [1, [0]],
    [7, [0, 1, 2, 3, 4, 5, 6]],
    [30, [1, 5, 9, 13, 17, 21, 25, 29]],
  ])('of %d labels shows some, with the last', (count, shown) => {
    expect([...labelled(count)].sort((a, b) => a - b)).toEqual(shown);
  });
});
