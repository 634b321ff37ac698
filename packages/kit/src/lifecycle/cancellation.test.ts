import { expect, it, vi } from 'vitest';
import { Cancellation } from './cancellation.js';
import { sleep } from './sleep.js';

it('tells everybody once, however many listen', () => {
  const gone = new Cancellation();
  const listeners = [vi.fn(), vi.fn(), vi.fn()];
  for (const listener of listeners) {
    gone.addEventListener('abort', listener);
    gone.addEventListener('abort', listener);
  }
  expect(gone.aborted).toBe(false);
  gone.abort();
  gone.abort();
  expect(gone.aborted).toBe(true);
  for (const listener of listeners) expect(listener).toHaveBeenCalledTimes(1);
});

it('tells nobody who left or came too late', () => {
  const gone = new Cancellation();
  const [first, second, late] = [vi.fn(), vi.fn(), vi.fn()];
  gone.addEventListener('abort', first);
  gone.addEventListener('abort', second);
  gone.removeEventListener('abort', first);
  gone.removeEventListener('abort', second);
  gone.abort();
  gone.addEventListener('abort', late);
  for (const listener of [first, second, late]) expect(listener).not.toHaveBeenCalled();
});

it('a listener that throws keeps nobody from hearing it', () => {
  const gone = new Cancellation();
  const second = vi.fn();
  gone.addEventListener('abort', () => {
    throw new Error('broken');
  });
  gone.addEventListener('abort', second);
  expect(() => gone.abort()).toThrow('listeners of a cancellation failed');
  expect(second).toHaveBeenCalledTimes(1);
});

it('ends a sleep, like the platform’s own signals', async () => {
  const gone = new Cancellation();
  const asleep = sleep(1_000_000, gone);
  gone.abort();
  await asleep;
  await sleep(1_000_000, gone);
  await sleep(1_000_000, AbortSignal.abort());
});
