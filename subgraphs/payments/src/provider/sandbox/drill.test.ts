import type { Pool } from '@souk/kit/postgres';
import { expect, test } from 'vitest';
import { type Drill, openDrills } from './drill.js';

const now = new Date('2026-01-01T00:00:00Z');
const outage: Drill = { mode: 'ERROR', until: new Date('2026-01-01T00:01:00Z') };

/** A table whose answers and writes take until the test says so. */
function openTable() {
  let row: Drill | undefined;
  const held: (() => void)[] = [];
  const whenLetGo = () => new Promise<void>((resolve) => held.push(resolve));
  const query = async (text: string, values?: [Drill['mode'], Date]): Promise<{ rows: Drill[] }> => {
    if (text.startsWith('SELECT')) {
      const rows = row ? [row] : [];
      await whenLetGo();
      return { rows };
    }
    await whenLetGo();
    row = values && { mode: values[0], until: values[1] };
    return { rows: [] };
  };
  return {
    // Drills ask a pool for nothing else.
    pool: { query } as unknown as Pool,
    /** Lets what is under way end, the oldest of it or all. */
    letGo: (count = held.length) => {
      for (const go of held.splice(0, count)) go();
    },
  };
}

test.each([
  ['before the drill is set', (read: () => void, write: () => void) => (read(), write())],
  ['while the drill is being written', (read: () => void, write: () => void) => (write(), read())],
])('a look that began %s is not remembered once the drill is set', async (_, begin) => {
  const { pool, letGo } = openTable();
  const drills = openDrills(pool, () => now);
  const underWay: Promise<unknown>[] = [];
  begin(
    () => underWay.push(drills.current()),
    () => underWay.push(drills.set(outage)),
  );
  letGo();
  await Promise.all(underWay);
  const current = drills.current();
  letGo();
  expect(await current).toEqual(outage);
});

test('a look that ends after the drill was set is not remembered either', async () => {
  const { pool, letGo } = openTable();
  const drills = openDrills(pool, () => now);
  const writing = drills.set(outage);
  const looking = drills.current();
  letGo(1);
  await writing;
  letGo();
  await looking;
  const current = drills.current();
  letGo();
  expect(await current).toEqual(outage);
});

test('one look does for a while', async () => {
  const { pool, letGo } = openTable();
  let at = now.getTime();
  const drills = openDrills(pool, () => new Date(at));
  const looking = drills.current();
  letGo();
  expect(await looking).toBeUndefined();
  at += 249;
  expect(await drills.current()).toBeUndefined();
});
