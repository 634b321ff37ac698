import { expect, test } from 'vitest';
import { commandOf, readOptions } from './options.js';

test('without words: a minute with a seed of its own', () => {
  expect(readOptions([], () => 42)).toEqual({
    seed: 42,
    seconds: 60,
    buyers: 8,
    replicas: 2,
    plant: undefined,
    faults: undefined,
    shrink: false,
    keep: false,
  });
});

test('every option', () => {
  const words =
    '--seed 7 --seconds 180 --buyers 3 --replicas 1 --plant double-capture --faults 3,12 --shrink --keep'.split(
      ' ',
    );
  expect(readOptions(words, () => 42)).toEqual({
    seed: 7,
    seconds: 180,
    buyers: 3,
    replicas: 1,
    plant: 'double-capture',
    faults: new Set([3, 12]),
    shrink: true,
    keep: true,
  });
});

test.each([
  '--seed x',
  '--seed -1',
  '--seconds 0',
  '--seconds 1.5',
  '--buyers none',
  '--replicas 0',
  '--faults 1,x',
  '--what',
])('%s is refused', (words) => {
  expect(() => readOptions(words.split(' '), () => 1)).toThrow();
});

test.each([
  '--seed 7 --seconds 60',
  '--seed 7 --seconds 180 --buyers 3 --replicas 1 --plant double-capture --faults=3,12',
  '--seed 7 --seconds 60 --faults=',
])('%s is the command of its options', (words) => {
  expect(commandOf(readOptions(words.split(' '), () => 1))).toBe(`npm run chaos -- ${words}`);
});
