import { expect, it } from 'vitest';
import { type CorrectionDeps, type Outcome, PLENTY, correctionsOf, putRight } from './corrections.js';

const NOTHING: Outcome = { total: 0, hasAllWords: false };
const SOME: Outcome = { total: 40, hasAllWords: false };
const KNOWN = ['coffee', 'maker', 'wireless', 'headphones', 'red'];
const CANDIDATES: Record<string, readonly string[]> = {
  kofee: ['toffee', 'coffee'],
  makre: ['maker', 'make'],
  hedfones: ['headphones'],
};

/** An index that has products for these queries only, and remembers what it was asked. */
function indexOf(outcomes: Record<string, Outcome>) {
  const asked: string[] = [];
  const deps: CorrectionDeps = {
    words: {
      knows: (word) => KNOWN.some((known) => known.startsWith(word)),
      corrections: (word, most) => (CANDIDATES[word] ?? []).slice(0, most),
    },
    outcomeOf(query) {
      asked.push(query);
      return outcomes[query] ?? NOTHING;
    },
  };
  return { asked, deps };
}
const correctedQuery = (query: string, before: Outcome, deps: CorrectionDeps): string | null => {
  const corrections = correctionsOf(query, before, deps);
  return corrections && putRight(query, corrections);
};
const found = (total: number): Outcome => ({ total, hasAllWords: true });

it('puts right what is misspelt, and leaves the other words as they are', () => {
  const { deps } = indexOf({ 'wireless headphones': found(3), 'headphones red': found(1) });
  expect(correctedQuery('Wireless  HEDFONES', SOME, deps)).toBe('wireless headphones');
  expect(correctedQuery('hedfones for the red', SOME, deps)).toBe('headphones for the red');
});

it('puts several words right, with the first choice that finds products with all of them', () => {
  const { deps, asked } = indexOf({ 'coffee maker': found(2), 'toffee maker': SOME });
  expect(correctedQuery('kofee makre', NOTHING, deps)).toBe('coffee maker');
  expect(asked).toEqual(['toffee maker', 'toffee make', 'coffee maker']);
});

it('asks nothing of the index when there is plenty, or when nothing is misspelt', () => {
  const { deps, asked } = indexOf({});
  expect(correctedQuery('hedfones', found(PLENTY), deps)).toBeNull();
  expect(correctedQuery('red coffee', NOTHING, deps)).toBeNull();
  expect(correctedQuery('red cof', NOTHING, deps)).toBeNull();
  expect(correctedQuery('', NOTHING, deps)).toBeNull();
  expect(asked).toEqual([]);
});

it('offers nothing that finds nothing, no more than before, or not all of its words', () => {
  expect(correctedQuery('hedfones', NOTHING, indexOf({}).deps)).toBeNull();
  expect(correctedQuery('hedfones', found(3), indexOf({ headphones: found(3) }).deps)).toBeNull();
  expect(correctedQuery('hedfones', found(3), indexOf({ headphones: found(4) }).deps)).toBe('headphones');
  expect(correctedQuery('red hedfones', NOTHING, indexOf({ 'red headphones': SOME }).deps)).toBeNull();
  expect(correctedQuery('hedfones qqqqzzzz', NOTHING, indexOf({}).deps)).toBeNull();
});

it('costs little whatever is typed', () => {
  const { deps, asked } = indexOf({});
  correctedQuery('kofee makre hedfones', NOTHING, deps);
  expect(asked).toHaveLength(4);
  expect(putRight('hedfones '.repeat(22), new Map([['hedfones', 'headphones']]))).toBeNull();
  correctedQuery('une machine pour faire du pain', NOTHING, deps);
  correctedQuery('hedfones '.repeat(10_000), NOTHING, deps);
  expect(asked.length).toBeLessThan(12);
  expect(Math.max(...asked.map(({ length }) => length))).toBeLessThan(300);
});
