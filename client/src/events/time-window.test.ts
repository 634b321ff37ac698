import { expect, it } from 'vitest';
import { STEPS, instantAt, stepAt, windowBefore } from './time-window.js';

it('a slider goes from the beginning of its window to now', () => {
  const window = windowBefore(Date.parse('2026-11-28T12:00:00Z'), 24);
  const at = (step: number) => {
    const instant = instantAt(window, step);
    return instant === undefined ? 'now' : new Date(instant).toISOString();
  };
  expect([at(0), at(STEPS / 2), at(STEPS - 1), at(STEPS)]).toEqual([
    '2026-11-27T12:00:00.000Z',
    '2026-11-28T00:00:00.000Z',
    '2026-11-28T11:58:33.600Z',
    'now',
  ]);
});

it('an instant has the step nearest to it, and is never at the end, which is now', () => {
  const window = windowBefore(Date.parse('2026-11-28T12:00:00Z'), 24);
  for (const step of [0, 1, 333, STEPS - 1, STEPS])
    expect(stepAt(window, instantAt(window, step))).toBe(step);
  expect(stepAt(window, window.to - 1)).toBe(STEPS - 1);
  expect(stepAt(window, window.from - 1)).toBe(0);
});
