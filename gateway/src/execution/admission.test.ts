import { expect, it } from 'vitest';
import { createAdmission, inTheirTurn } from './admission.js';
import type { ExecutionRequest } from './executor.js';

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

/** How many of 300 operations begin in each turn, if beginning one takes this long, in milliseconds. */
async function turnsOf(costMs: number): Promise<number[]> {
  let clock = 0;
  const admission = createAdmission(() => clock);
  const turns: number[] = [];
  let begun = 0;
  const operations = Array.from({ length: 300 }, async () => {
    const turn = admission.enter();
    if (turn !== true) await turn;
    clock += costMs;
    begun += 1;
  });
  for (let before = 0; begun < 300; before = begun) {
    await turnOfTheLoop();
    turns.push(begun - before);
  }
  await Promise.all(operations);
  return turns;
}

it.each([
  ['large', 2, 1],
  ['middling', 0.25, 4],
  ['small', 0.01, 16],
])('%s operations: as many begin in a turn as fill it', async (_, costMs, settled) => {
  const turns = await turnsOf(costMs);
  // The last turn has what is left.
  expect(turns.slice(-5, -1)).toEqual(Array.from({ length: 4 }, () => settled));
});

it('executions take their turn, events of streams do not', async () => {
  const begun: string[] = [];
  const { execute } = inTheirTurn({
    async execute({ event }) {
      begun.push(event ? 'event' : 'operation');
      return { data: {} };
    },
  });
  // As much of a request as an admission looks at.
  const operation = {} as ExecutionRequest;
  const event = { event: { data: {} } } as ExecutionRequest;
  const all = [operation, operation, operation, operation, event].map(execute);
  expect(begun).toEqual(['operation', 'operation', 'event']);
  await Promise.all(all);
  expect(begun.length).toBe(5);
});
