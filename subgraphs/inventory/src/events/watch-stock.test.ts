import { expect, test } from 'vitest';
import type { StockState } from './stock-watch.js';
import { watchStock } from './watch-stock.js';

const state = (version: number, variantId = 'a'): StockState => ({
  variantId,
  version,
  stock: { onHand: version, available: version, reserved: 0 },
});
const stored = (version: number) => ({
  ...state(version).stock,
  variantId: 'a',
  version,
  steps: [],
  adjustments: [],
});

/** Watching `a` while somebody else changes it by hand. */
function createWatched(present: () => Promise<ReturnType<typeof stored>[]>) {
  let tell: (state: StockState) => void = () => {};
  let watching = 0;
  const stream = watchStock(
    {
      items: { find: present },
      watch: {
        watch(_ids, onChange) {
          tell = onChange;
          watching += 1;
          return { ready: Promise.resolve(), stop: () => void (watching -= 1) };
        },
        stop: async () => {},
      },
    },
    ['a'],
  );
  return { stream, tell: (of: StockState) => tell(of), watching: () => watching };
}
const take = async (stream: AsyncIterator<StockState>, count: number): Promise<number[]> => {
  const versions: number[] = [];
  while (versions.length < count) versions.push(((await stream.next()).value as StockState).version);
  return versions;
};

test('what was told before the present was read is not told again, and nothing goes backwards', async () => {
  const { stream, tell } = createWatched(async () => [stored(5)]);
  for (const version of [3, 4, 5, 6]) tell(state(version));
  expect(await take(stream, 2)).toEqual([5, 6]);
  for (const version of [6, 5, 8, 7, 9]) tell(state(version));
  expect(await take(stream, 2)).toEqual([8, 9]);
});

test('whoever reads too slowly is told the newest', async () => {
  const { stream, tell } = createWatched(async () => [stored(1)]);
  await take(stream, 1);
  for (let version = 2; version <= 2_500; version += 1) tell(state(version));
  const first = await take(stream, 1);
  expect(first[0]).toBeGreaterThan(900);
  let last = first[0] ?? 0;
  while (last < 2_500) {
    const [next = 0] = await take(stream, 1);
    expect(next).toBeGreaterThan(last);
    last = next;
  }
});

test('a present that cannot be read ends the stream, and the watching', async () => {
  const { stream, watching } = createWatched(() => Promise.reject(new Error('away')));
  expect(watching()).toBe(1);
  await expect(stream.next()).rejects.toThrow('away');
  expect(watching()).toBe(0);
});
