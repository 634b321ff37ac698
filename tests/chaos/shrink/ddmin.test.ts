import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ddmin } from './ddmin.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const needs = (wanted: readonly number[]) => async (some: readonly number[]) =>
  wanted.every((one) => some.includes(one));

test('finds exactly what a failure needs, wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.nat(39), { maxLength: 5 }),
      async (count, drawn) => {
        const wanted = [...new Set(drawn.map((one) => one % count))].sort((a, b) => a - b);
        expect(await ddmin(upTo(count), needs(wanted))).toEqual(wanted);
      },
    ),
  );
});

test('whatever makes it fail: the result fails, and no item can be left out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.integer(), async (count, salt) => {
      const items = upTo(count);
      // Fails for all items, and for some sets of them without rhyme or reason.
      const fails = async (some: readonly number[]) =>
        some.length === count || (some.length > 0 && hash(some, salt) % 3 === 0);
      const result = await ddmin(items, fails);
      expect(await fails(result)).toBe(true);
      for (const one of result) {
        const fewer = result.filter((other) => other !== one);
        expect(fewer.length > 0 && (await fails(fewer))).toBe(false);
      }
    }),
  );
});

test('one of a hundred is found with few tries', async () => {
  let tries = 0;
  const fails = async (some: readonly number[]) => {
    tries += 1;
    return some.includes(77);
  };
  expect(await ddmin(upTo(100), fails)).toEqual([77]);
  expect(tries).toBeLessThanOrEqual(16);
});

test('a failure that needs none of them is known after one try', async () => {
  let tries = 0;
  expect(
    await ddmin(upTo(100), async () => {
      tries += 1;
      return true;
    }),
  ).toEqual([]);
  expect(tries).toBe(1);
  expect(await ddmin([], async () => false)).toEqual([]);
});

test('when the time is over, the fewest that were seen to fail are the result', async () => {
  let tries = 0;
  const fails = async (some: readonly number[]) => {
    tries += 1;
    return some.includes(3) && some.includes(12);
  };
  const few = await ddmin(upTo(16), fails, () => tries >= 12);
  expect(tries).toBe(12);
  expect(few).toEqual(expect.arrayContaining([3, 12]));
  expect(few.length).toBeLessThan(16);
  expect(await ddmin(upTo(16), fails, () => true)).toEqual(upTo(16));
  expect(tries).toBe(12);
});

const hash = (some: readonly number[], salt: number): number =>
  some.reduce((sum, one) => (Math.imul(sum ^ (one + 1), 0x01000193) ^ (sum >>> 15)) >>> 0, salt >>> 0);
