import { expect, test } from 'vitest';
import { readOptions } from './options.js';

test('without words: a minute with a seed of its own', () => {
  expect(readOptions([], () => 42)).toEqual({
    seed: 42,
    seconds: 60,
    buyers: 8,
    plant: undefined,
    faults: undefined,
    keep: false,
  });
});

test('every option', () => {
  const words = '--seed 7 --seconds 180 --buyers 3 --plant double-capture --faults 3,12 --keep'.split(' ');
  expect(readOptions(words, () => 42)).toEqual({
    seed: 7,
    seconds: 180,
    buyers: 3,
    plant: 'double-capture',
    faults: new Set([3, 12]),
    keep: true,
  });
});

test.each([
  '--seed x',
  '--seed -1',
  '--seconds 0',
  '--seconds 1.5',
  '--buyers none',
  '--faults 1,x',
  '--what',
])('%s is refused', (words) => {
  expect(() => readOptions(words.split(' '), () => 1)).toThrow();
});
