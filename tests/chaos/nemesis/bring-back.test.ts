import { expect, test } from 'vitest';
import { bringBack } from './bring-back.js';

const quick = { startMs: 50, againMs: 0 };
/** A server that starts as these say, the last one for ever. */
function server(...starts: readonly ('up' | 'fails' | 'hangs')[]) {
  let tries = 0;
  const restart = async (): Promise<void> => {
    const outcome = starts[Math.min((tries += 1), starts.length) - 1];
    if (outcome === 'fails') throw new Error(`not this time (${tries})`);
    if (outcome === 'hangs') await new Promise(() => {});
  };
  return { restart, tries: () => tries };
}

test('a server that does not come up is started again', async () => {
  const { restart, tries } = server('fails', 'hangs', 'up');
  await bringBack(restart, quick);
  expect(tries()).toBe(3);
});

test('one that comes up is left alone', async () => {
  const { restart, tries } = server('up');
  await bringBack(restart, quick);
  expect(tries()).toBe(1);
});

test('one that never does fails in the end', async () => {
  await expect(bringBack(server('fails').restart, quick)).rejects.toThrow('not this time (5)');
  await expect(bringBack(server('hangs').restart, quick)).rejects.toThrow('not ready within 50 ms');
});
