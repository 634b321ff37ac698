import { expect, test } from 'vitest';
import { rememberFor } from './remember-for.js';

test('asks once in a while, and again after a failure', async () => {
  let time = 0;
  let asked = 0;
  let fails = false;
  const ask = rememberFor(
    100,
    async () => {
      asked += 1;
      if (fails) throw new Error('away');
      return asked;
    },
    () => time,
  );
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  time = 100;
  expect(await ask()).toBe(1);
  time = 101;
  fails = true;
  await expect(ask()).rejects.toThrow('away');
  fails = false;
  expect(await ask()).toBe(3);
});
