import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRunningDeadlines } from './running-deadlines.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => vi.useRealTimers());

it('pass one after the other, a twentieth late at most, and those that ended never', () => {
  const deadlines = createRunningDeadlines(1_000);
  const first = deadlines.begin();
  vi.advanceTimersByTime(500);
  const [ended, second] = [deadlines.begin(), deadlines.begin()];
  deadlines.end(ended);
  vi.advanceTimersByTime(499);
  expect([first.hasPassed, first.signal.aborted]).toEqual([false, false]);
  vi.advanceTimersByTime(51);
  expect([first.hasPassed, first.signal.aborted, second.hasPassed]).toEqual([true, true, false]);
  vi.advanceTimersByTime(500);
  expect([second.hasPassed, ended.hasPassed, ended.signal.aborted]).toEqual([true, false, false]);
});

it('keep a timer only while something runs, and nothing of what ended', () => {
  const deadlines = createRunningDeadlines(1_000);
  expect(vi.getTimerCount()).toBe(0);
  deadlines.end(deadlines.begin());
  expect(deadlines.size).toBe(0);
  vi.advanceTimersByTime(50);
  expect(vi.getTimerCount()).toBe(0);
  deadlines.begin();
  expect(vi.getTimerCount()).toBe(1);
});
