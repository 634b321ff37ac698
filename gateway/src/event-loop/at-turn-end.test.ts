import { afterEach, expect, it, vi } from 'vitest';
import { atTurnEnd } from './at-turn-end.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('does in one go, in their order, all that was asked for during a turn', async () => {
  const done: string[] = [];
  atTurnEnd(() => done.push('first'));
  await Promise.resolve();
  atTurnEnd(() => done.push('second'));
  expect(done).toEqual([]);
  await turnOfTheLoop();
  expect(done).toEqual(['first', 'second']);
});

it('what is asked for meanwhile is done at the end of the next turn', async () => {
  const done: string[] = [];
  atTurnEnd(() => {
    done.push('first');
    atTurnEnd(() => done.push('of the next'));
  });
  atTurnEnd(() => done.push('second'));
  await turnOfTheLoop();
  expect(done).toEqual(['first', 'second']);
  await turnOfTheLoop();
  expect(done).toEqual(['first', 'second', 'of the next']);
});

it('one that fails takes none of the others along', () => {
  // Immediates of our own: in a real one the failure would be the process's.
  const immediates: (() => void)[] = [];
  vi.stubGlobal('setImmediate', (task: () => void) => immediates.push(task));
  const done: string[] = [];
  atTurnEnd(() => done.push('before'));
  atTurnEnd(() => {
    throw new Error('broken');
  });
  atTurnEnd(() => done.push('after'));
  expect(() => immediates.shift()?.()).toThrow('broken');
  expect(done).toEqual(['before']);
  while (immediates.length > 0) immediates.shift()?.();
  expect(done).toEqual(['before', 'after']);
});
