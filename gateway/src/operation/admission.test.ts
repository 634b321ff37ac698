import { expect, it } from 'vitest';
import { createAdmission } from './admission.js';

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('a few begin at once, the others in later turns, in their order', async () => {
  const admission = createAdmission();
  const begun: number[] = [];
  const operations = Array.from({ length: 7 }, async (_, index) => {
    const turn = admission.enter();
    if (turn !== true) await turn;
    begun.push(index);
  });
  expect(begun).toEqual([0, 1]);
  await turnOfTheLoop();
  expect(begun.length).toBeLessThan(7);
  await Promise.all(operations);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('nobody waits when it is quiet, again and again', async () => {
  const admission = createAdmission();
  for (let round = 0; round < 3; round += 1) {
    expect(admission.enter()).toBe(true);
    await turnOfTheLoop();
    await turnOfTheLoop();
  }
});
