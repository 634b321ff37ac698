import { expect, it } from 'vitest';
import { createSlots } from './slots.js';

const gate = () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

it('runs a few at a time, the others in the order in which they came', async () => {
  const run = createSlots({ size: 2, maxWaiting: 10 });
  let running = 0;
  let most = 0;
  const started: number[] = [];
  await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      run(async () => {
        started.push(n);
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('refuses those for whom there is no room to wait, and goes on after a failure', async () => {
  const run = createSlots({ size: 1, maxWaiting: 1 });
  const { open, opened } = gate();
  const first = run(async () => {
    await opened;
    throw new Error('broken');
  });
  const second = run(async () => 'second');
  await expect(run(async () => 'third')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  open();
  await expect(first).rejects.toThrow('broken');
  expect(await second).toBe('second');
  expect(await run(async () => 'fourth')).toBe('fourth');
});
