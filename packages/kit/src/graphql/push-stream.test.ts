import { expect, test, vi } from 'vitest';
import { pushStream } from './push-stream.js';

/** A source whose items are put in by hand. */
function createSource() {
  const items: string[] = [];
  const left = vi.fn();
  const wakers: (() => void)[] = [];
  return {
    left,
    put: (...more: string[]) => {
      items.push(...more);
      for (const wake of wakers) wake();
    },
    stream: pushStream<string>({
      subscribe: (wake) => {
        wakers.push(wake);
        return left;
      },
      pull: async () => items.splice(0),
    }),
  };
}

test('tells what is there at the start, and then whatever comes, in order and one by one', async () => {
  const { stream, put } = createSource();
  put('a', 'b');
  expect([await stream.next(), await stream.next()]).toEqual([
    { done: false, value: 'a' },
    { done: false, value: 'b' },
  ]);
  const asked = [stream.next(), stream.next()];
  put('c');
  expect(await asked[0]).toEqual({ done: false, value: 'c' });
  put('d');
  expect(await asked[1]).toEqual({ done: false, value: 'd' });
});

test('nothing is missed that comes while it pulls', async () => {
  let wake = (): void => {};
  const rounds = [[], ['late']];
  const stream = pushStream<string>({
    subscribe: (wakeUp) => {
      wake = wakeUp;
      return () => {};
    },
    pull: async () => {
      wake();
      return rounds.shift() ?? [];
    },
  });
  expect(await stream.next()).toEqual({ done: false, value: 'late' });
});

test('whoever leaves while waiting is let go at once, and leaves once', async () => {
  const { stream, left } = createSource();
  const waiting = stream.next();
  expect(await stream.return?.()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  await stream.return?.();
  expect(left).toHaveBeenCalledTimes(1);
});

test('a pull that fails ends it with the error', async () => {
  const left = vi.fn();
  const stream = pushStream({ subscribe: () => left, pull: () => Promise.reject(new Error('away')) });
  await expect(stream.next()).rejects.toThrow('away');
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(left).toHaveBeenCalledTimes(1);
});
