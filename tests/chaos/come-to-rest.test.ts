import { expect, test } from 'vitest';
import { soundFacts } from './checker/__fixtures__/sound-facts.js';
import { comeToRest } from './come-to-rest.js';
import type { Facts } from './facts/facts.js';

/** Looks at these, one after the other; the time is over after so many pauses. */
function looks(
  seen: readonly (Facts | Error)[],
  { breaks, limit = 10 }: { breaks?: string; limit?: number } = {},
) {
  let number = 0;
  let pauses = 0;
  const rest = comeToRest({
    async collect() {
      const one = seen[Math.min(number, seen.length - 1)];
      number += 1;
      if (one instanceof Error) throw one;
      return one ?? sound;
    },
    breaks,
    isOver: () => pauses >= limit,
    pause: async () => void (pauses += 1),
  });
  return { rest, looked: () => number };
}

const sound = soundFacts();
const unfinished = { ...sound, openSagas: [{ orderId: 'o1', standing: 'RUNNING' }] };
const SAGAS = 'no saga is unfinished';

test('a shop where nothing is wrong has to be as quiet at the next look', async () => {
  const { rest, looked } = looks([sound]);
  expect(await rest).toEqual({ facts: sound, violations: [] });
  expect(looked()).toBe(2);
  const moving = looks([{ ...sound, events: [] }, sound]);
  expect((await moving.rest).facts).toBe(sound);
  expect(moving.looked()).toBe(3);
});

test('what is wrong may become right', async () => {
  const { rest, looked } = looks([unfinished, unfinished, sound]);
  expect((await rest).violations).toEqual([]);
  expect(looked()).toBe(3);
});

test('what is wrong when the time is over is wrong', async () => {
  const { rest } = looks([unfinished], { limit: 3 });
  expect((await rest).violations.map(({ rule }) => rule)).toEqual([SAGAS]);
});

test('a look that fails is one of many', async () => {
  const { rest } = looks([new Error('the breaker is open'), sound, new Error('a dead connection'), sound]);
  expect((await rest).violations).toEqual([]);
});

test('a shop that cannot be looked at to the end says why', async () => {
  await expect(looks([sound, new Error('the breaker is open')], { limit: 2 }).rest).rejects.toThrow(
    'the breaker is open',
  );
});

test('with a planted bug, what it breaks is waited for', async () => {
  const { rest, looked } = looks([sound, sound, unfinished], { breaks: SAGAS });
  expect((await rest).violations.map(({ rule }) => rule)).toEqual([SAGAS]);
  expect(looked()).toBe(3);
  expect((await looks([sound], { breaks: SAGAS, limit: 3 }).rest).violations).toEqual([]);
});
