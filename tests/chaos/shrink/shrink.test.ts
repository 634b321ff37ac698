import { expect, test } from 'vitest';
import { shrink } from './shrink.js';

/** A failure that needs these faults, and then comes at every so many runs. */
function failure(wanted: readonly number[], { every = 1 } = {}) {
  let tries = 0;
  const heard: string[] = [];
  const options = {
    faults: [1, 2, 3, 4, 5, 6, 7, 8],
    run: async (some: readonly number[]) => {
      if (!wanted.every((one) => some.includes(one))) return `sound ${some.join()}`;
      tries += 1;
      return tries % every === 0 ? `failed ${some.join()}` : `sound ${some.join()}`;
    },
    hasFailed: (result: string) => result.startsWith('failed'),
    mostRuns: 100,
    isOver: () => false,
    say: (some: readonly number[], outcome: string) => void heard.push(`${some.join()} ${outcome}`),
  };
  return { options, heard };
}

test('the fewest faults, with what the last failing run told', async () => {
  const { options, heard } = failure([2, 7]);
  const { faults, result, runs } = await shrink(options);
  expect(faults).toEqual([2, 7]);
  expect(result).toBe('failed 2,7');
  expect(heard).toHaveLength(runs);
  expect(heard.slice(0, 2)).toEqual([' sound', ' sound']);
});

test('a failure that comes every other time is found as well', async () => {
  expect((await shrink(failure([5], { every: 2 }).options)).faults).toEqual([5]);
});

test('the same faults are not tried a third time', async () => {
  const { options, heard } = failure([1, 8]);
  await shrink(options);
  const times = new Map<string, number>();
  for (const one of heard) times.set(one, (times.get(one) ?? 0) + 1);
  expect(Math.max(...times.values())).toBe(2);
});

test('a run that cannot begin is no failure', async () => {
  const { options, heard } = failure([]);
  const { faults, result } = await shrink({
    ...options,
    run: () => Promise.reject(new Error('no room')),
    mostRuns: 4,
  });
  expect(faults).toEqual(options.faults);
  expect(result).toBeUndefined();
  expect(heard).toEqual([' broken off', ' broken off', '1,2,3,4 broken off', '1,2,3,4 broken off']);
});

test('runs and time are bounded', async () => {
  const few = failure([2, 7]);
  expect((await shrink({ ...few.options, mostRuns: 3 })).runs).toBe(3);
  const late = failure([2, 7]);
  let looks = 0;
  const { runs, faults } = await shrink({ ...late.options, isOver: () => (looks += 1) > 1 });
  expect(runs).toBe(1);
  expect(faults).toEqual(late.options.faults);
});
