import { expect, test } from 'vitest';
import { groupCommit } from './group-commit.js';

test('those who come together share a group, those who come meanwhile share the next one', async () => {
  const groups: number[][] = [];
  let finish = (): void => {};
  const write = groupCommit(async (items: readonly number[]) => {
    groups.push([...items]);
    if (groups.length === 1) await new Promise<void>((resolve) => (finish = resolve));
    return items.map((item) => item * 10);
  }, 4);
  const first = [1, 2].map(write);
  await new Promise((resolve) => setImmediate(resolve));
  const later = [3, 4, 5, 6, 7].map(write);
  await new Promise((resolve) => setImmediate(resolve));
  finish();
  expect(await Promise.all([...first, ...later])).toEqual([10, 20, 30, 40, 50, 60, 70]);
  expect(groups).toEqual([[1, 2], [3, 4, 5, 6], [7]]);
});

test('a bad member fails alone', async () => {
  const write = groupCommit(async (items: readonly number[]) => {
    if (items.includes(2)) throw new Error('two');
    return items;
  });
  const answers = await Promise.allSettled([1, 2, 3].map(write));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await write(4)).toBe(4);
});

test('while the database is away a group fails at once, and none of its members is tried alone', async () => {
  const groups: number[][] = [];
  const write = groupCommit(async (items: readonly number[]): Promise<readonly number[]> => {
    groups.push([...items]);
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  });
  const answers = await Promise.allSettled([1, 2, 3].map(write));
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(groups).toEqual([[1, 2, 3]]);
});
