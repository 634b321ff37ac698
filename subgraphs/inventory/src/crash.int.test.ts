import { randomUUID } from 'node:crypto';
import { connectMongo } from '@souk/kit/mongo';
import { silentLogger } from '@souk/testkit/logger';
import { testMongo } from '@souk/testkit/mongo';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { interruptedStore } from './__fixtures__/interrupted-store.js';
import { Died, mortalStore } from './__fixtures__/mortal-store.js';
import { adjustStock } from './commands/adjust-stock.js';
import { applyStockCommands } from './commands/apply-stock-commands.js';
import type { CommandDeps } from './commands/deps.js';
import { letGoExpired } from './commands/let-go-expired.js';
import type { StockCommand } from './domain/stock-command.js';
import { adjustmentsOf, prepareCollections, reservationsOf, stockItemsOf } from './store/collections.js';
import { type InventoryStore, createStore } from './store/store.js';

let server: Awaited<ReturnType<typeof testMongo>>;
let mongo: Awaited<ReturnType<typeof connectMongo>>;
let store: InventoryStore;
beforeAll(async () => {
  server = await testMongo('crash');
  mongo = await connectMongo({ ...server, logger: silentLogger });
  await prepareCollections(mongo.database);
  store = createStore(mongo.database);
});
afterAll(async () => {
  await mongo.close();
  await server.stop();
});
beforeEach(clear);
async function clear(): Promise<void> {
  const { database } = mongo;
  for (const collection of [stockItemsOf(database), reservationsOf(database), adjustmentsOf(database)]) {
    await collection.deleteMany({});
  }
}

const depsWith = (own: InventoryStore): CommandDeps => ({
  store: own,
  clock: () => new Date(),
  newId: randomUUID,
  keepMs: 60_000,
  onPublished: () => {},
});
/** After every reservation's time. */
const later = (deps: CommandDeps): CommandDeps => ({ ...deps, clock: () => new Date(Date.now() + 120_000) });
const healthy = () => depsWith(store);
const stock = (units: Record<string, number>) =>
  store.items.addMissing(
    Object.entries(units).map(([variantId, count]) => ({ variantId, units: count })),
    new Date(),
  );
const unitsOf = async (...variantIds: string[]) => {
  const items = new Map((await store.items.find(variantIds)).map((item) => [item.variantId, item]));
  return variantIds.map((id) => [items.get(id)?.onHand, items.get(id)?.available, items.get(id)?.reserved]);
};
/** The answers an order's document has given, all of them: nothing relays here. */
const answersOf = async (orderId: string) =>
  ((await reservationsOf(mongo.database).findOne({ _id: orderId }))?.pending ?? []).map(({ type }) => type);

const command = (kind: StockCommand['kind'], orderId: string, ...lines: [string, number][]): StockCommand => {
  const about = { orderId, correlationId: orderId };
  if (kind !== 'reserve') return { ...about, kind };
  return { ...about, kind, lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })) };
};

/** Obeys with a process that dies after 0, 1, 2 ... written documents; tells how often it died before it got through. */
async function dyingAfter(
  lives: number,
  work: (deps: CommandDeps) => Promise<unknown>,
): Promise<'died' | 'got through'> {
  try {
    await work(depsWith(mortalStore(store, lives)));
    return 'got through';
  } catch (error) {
    if (error instanceof Died) return 'died';
    throw error;
  }
}

/** Runs the story once for each point at which the process can die, and once without. */
async function atEveryCrashPoint(story: (lives: number) => Promise<'died' | 'got through'>): Promise<number> {
  for (let lives = 0; ; lives += 1) {
    await clear();
    if ((await story(lives)) === 'got through') return lives;
    expect(lives, 'the work never ends').toBeLessThan(60);
  }
}

describe('a command cut off after any written document, and delivered again', () => {
  test('reserves once', async () => {
    const points = await atEveryCrashPoint(async (lives) => {
      await stock({ a: 5, b: 5, c: 5 });
      const reserve = command('reserve', 'o', ['a', 2], ['b', 3], ['c', 5]);
      const end = await dyingAfter(lives, (deps) => applyStockCommands(deps, [reserve]));
      await applyStockCommands(healthy(), [reserve]);
      expect(await unitsOf('a', 'b', 'c')).toEqual([
        [5, 3, 2],
        [5, 2, 3],
        [5, 0, 5],
      ]);
      expect(await answersOf('o')).toEqual(['stock.reserved']);
      return end;
    });
    expect(points).toBe(5);
  });

  test('refuses once, and gives back what another had made it hold', async () => {
    const points = await atEveryCrashPoint(async (lives) => {
      await stock({ a: 5, b: 5 });
      const reserve = command('reserve', 'o', ['a', 5], ['b', 5]);
      // Dies with a held and b not; meanwhile b goes to somebody else.
      await dyingAfter(2, (deps) => applyStockCommands(deps, [reserve]));
      await applyStockCommands(healthy(), [command('reserve', 'other', ['b', 1])]);
      expect(await unitsOf('a', 'b')).toEqual([
        [5, 0, 5],
        [5, 4, 1],
      ]);
      const end = await dyingAfter(lives, (deps) => applyStockCommands(deps, [reserve]));
      await applyStockCommands(healthy(), [reserve]);
      expect(await unitsOf('a', 'b')).toEqual([
        [5, 5, 0],
        [5, 4, 1],
      ]);
      expect(await answersOf('o')).toEqual(['stock.refused']);
      return end;
    });
    expect(points).toBe(4);
  });

  test.each(['release', 'commit'] as const)('carries a %s through', async (kind) => {
    const points = await atEveryCrashPoint(async (lives) => {
      await stock({ a: 5, b: 5 });
      await applyStockCommands(healthy(), [command('reserve', 'o', ['a', 2], ['b', 3])]);
      const end = await dyingAfter(lives, (deps) => applyStockCommands(deps, [command(kind, 'o')]));
      // The reserve comes again too: redelivery goes back to the cursor.
      const again = [command('reserve', 'o', ['a', 2], ['b', 3]), command(kind, 'o')];
      await applyStockCommands(healthy(), again);
      expect(await unitsOf('a', 'b')).toEqual(
        kind === 'release'
          ? [
              [5, 5, 0],
              [5, 5, 0],
            ]
          : [
              [3, 3, 0],
              [2, 2, 0],
            ],
      );
      expect(await answersOf('o')).toEqual([
        'stock.reserved',
        kind === 'release' ? 'stock.released' : 'stock.committed',
      ]);
      return end;
    });
    expect(points).toBe(4);
  });

  test('lets go of what nobody wanted any more', async () => {
    const points = await atEveryCrashPoint(async (lives) => {
      await stock({ a: 5, b: 5 });
      await applyStockCommands(healthy(), [command('reserve', 'o', ['a', 2], ['b', 3])]);
      await letGoExpired({ ...healthy(), logger: silentLogger });
      expect(await unitsOf('a')).toEqual([[5, 3, 2]]);
      const end = await dyingAfter(lives, (deps) =>
        applyStockCommands(later(deps), [command('expire', 'o')]),
      );
      // Nothing is delivered again: the clock of another process looks.
      await letGoExpired({ ...later(healthy()), logger: silentLogger });
      expect(await store.reservations.findDue(later(healthy()).clock(), 10)).toEqual([]);
      expect(await unitsOf('a', 'b')).toEqual([
        [5, 5, 0],
        [5, 5, 0],
      ]);
      expect(await answersOf('o')).toEqual(['stock.reserved', 'stock.expired']);
      return end;
    });
    expect(points).toBe(4);
  });

  test('the clock undoes a reserve that was cut off and never delivered again', async () => {
    for (let lives = 1; lives < 4; lives += 1) {
      await clear();
      await stock({ a: 5, b: 5 });
      await dyingAfter(lives, (deps) =>
        applyStockCommands(deps, [command('reserve', 'o', ['a', 2], ['b', 3])]),
      );
      await letGoExpired({ ...later(healthy()), logger: silentLogger });
      expect(await unitsOf('a', 'b')).toEqual([
        [5, 5, 0],
        [5, 5, 0],
      ]);
      expect(await answersOf('o')).toEqual(['stock.expired']);
    }
  });

  test('brings back what a commit has taken, however far the commit had come', async () => {
    for (let commitLives = 0; commitLives < 6; commitLives += 1) {
      await atEveryCrashPoint(async (lives) => {
        await stock({ a: 5, b: 5 });
        await applyStockCommands(healthy(), [command('reserve', 'o', ['a', 2], ['b', 3])]);
        await dyingAfter(commitLives, (deps) => applyStockCommands(deps, [command('commit', 'o')]));
        const end = await dyingAfter(lives, (deps) => applyStockCommands(deps, [command('release', 'o')]));
        const again = [command('commit', 'o'), command('release', 'o')];
        if (end === 'got through') await applyStockCommands(healthy(), again);
        else await applyStockCommands(healthy(), again.reverse());
        expect(await unitsOf('a', 'b')).toEqual([
          [5, 5, 0],
          [5, 5, 0],
        ]);
        const told = await answersOf('o');
        expect(told.filter((type) => type === 'stock.released')).toHaveLength(1);
        expect(told.filter((type) => type.startsWith('stock.commit'))).toHaveLength(1);
        return end;
      });
    }
  });

  test('a release that finds a reserve half done undoes it, wherever either was cut off', async () => {
    for (let reserveLives = 0; reserveLives < 4; reserveLives += 1) {
      await atEveryCrashPoint(async (lives) => {
        await stock({ a: 5, b: 5 });
        const reserve = command('reserve', 'o', ['a', 5], ['b', 5]);
        await dyingAfter(reserveLives, (deps) => applyStockCommands(deps, [reserve]));
        const end = await dyingAfter(lives, (deps) => applyStockCommands(deps, [command('release', 'o')]));
        await applyStockCommands(healthy(), [reserve, command('release', 'o')]);
        expect(await unitsOf('a', 'b')).toEqual([
          [5, 5, 0],
          [5, 5, 0],
        ]);
        expect((await answersOf('o')).at(-1) ?? 'none').toMatch(/^(stock\.released|none)$/);
        return end;
      });
    }
  });

  test('a whole batch of orders', async () => {
    const batch = ['o1', 'o2', 'o3', 'o4'].map((orderId) => command('reserve', orderId, ['a', 2], ['b', 1]));
    await atEveryCrashPoint(async (lives) => {
      await stock({ a: 5, b: 9 });
      const end = await dyingAfter(lives, (deps) => applyStockCommands(deps, batch));
      await applyStockCommands(healthy(), batch);
      expect(await unitsOf('a', 'b')).toEqual([
        [5, 1, 4],
        [9, 7, 2],
      ]);
      const answers = await Promise.all(batch.map(({ orderId }) => answersOf(orderId)));
      expect(answers.map((types) => types.length)).toEqual([1, 1, 1, 1]);
      expect(answers.flat().filter((type) => type === 'stock.reserved')).toHaveLength(2);
      return end;
    });
  });
});

describe('a process that sleeps between any two calls, while another does everything and forgets it', () => {
  /** Tells the story once for each call before which the process can fall asleep. */
  async function atEveryCall(
    work: (deps: CommandDeps) => Promise<unknown>,
    meanwhile: () => Promise<void>,
    verify: () => Promise<void>,
  ): Promise<void> {
    for (let call = 0; ; call += 1) {
      await clear();
      await stock({ a: 5 });
      const interrupted = interruptedStore(store, call, meanwhile);
      await work(depsWith(interrupted.store));
      if (!interrupted.slept()) {
        expect(call).toBeGreaterThanOrEqual(5);
        return;
      }
      await verify();
    }
  }
  const obey = (...commands: StockCommand[]) => applyStockCommands(healthy(), commands);

  test.each([
    ['', []],
    [', and forgotten', ['next', 'last']],
  ])('holds nothing for an order that was released meanwhile%s', async (_forgotten, others) => {
    await atEveryCall(
      (deps) => applyStockCommands(deps, [command('reserve', 'o', ['a', 5])]),
      async () => {
        await obey(command('release', 'o'));
        for (const orderId of others) {
          await obey(command('reserve', orderId, ['a', 1]));
          await obey(command('release', orderId));
        }
      },
      async () => {
        const last = (await answersOf('o')).at(-1);
        // Asleep after its last write, it had reserved before the release came.
        expect([undefined, 'stock.released']).toContain(last);
        expect(await unitsOf('a')).toEqual([[5, 5, 0]]);
      },
    );
  });

  test('releases once what was released meanwhile', async () => {
    await atEveryCall(
      async (deps) => {
        await obey(command('reserve', 'o', ['a', 2]));
        await applyStockCommands(deps, [command('release', 'o')]);
      },
      async () => {
        await obey(command('release', 'o'));
        await obey(command('reserve', 'next', ['a', 1]));
        await obey(command('commit', 'next'));
      },
      async () => {
        expect(await unitsOf('a')).toEqual([[4, 4, 0]]);
        expect(await answersOf('o')).toEqual(['stock.reserved', 'stock.released']);
      },
    );
  });

  test('commits nothing that was let go meanwhile, and says so', async () => {
    await atEveryCall(
      async (deps) => {
        await obey(command('reserve', 'o', ['a', 2]));
        await applyStockCommands(deps, [command('commit', 'o')]);
      },
      async () => {
        await letGoExpired({ ...later(healthy()), logger: silentLogger });
        await obey(command('reserve', 'next', ['a', 1]));
        await obey(command('commit', 'next'));
      },
      async () => {
        const told = await answersOf('o');
        if (told.includes('stock.committed')) {
          expect(told).toEqual(['stock.reserved', 'stock.committed']);
          expect(await unitsOf('a')).toEqual([[2, 2, 0]]);
        } else {
          expect(told).toEqual(['stock.reserved', 'stock.expired', 'stock.commit-refused']);
          expect(await unitsOf('a')).toEqual([[4, 4, 0]]);
        }
      },
    );
  });

  test('brings back nothing twice that was brought back meanwhile', async () => {
    await atEveryCall(
      async (deps) => {
        await obey(command('reserve', 'o', ['a', 2]));
        await obey(command('commit', 'o'));
        await applyStockCommands(deps, [command('release', 'o')]);
      },
      async () => {
        await obey(command('release', 'o'));
        await obey(command('reserve', 'next', ['a', 1]));
        await obey(command('commit', 'next'));
      },
      async () => {
        expect(await unitsOf('a')).toEqual([[4, 4, 0]]);
        expect(await answersOf('o')).toEqual(['stock.reserved', 'stock.committed', 'stock.released']);
      },
    );
  });

  test('applies no adjustment that was applied meanwhile', async () => {
    const request = { variantId: 'a', delta: -3, idempotencyKey: 'key', userId: 'sam' };
    await atEveryCall(
      (deps) => adjustStock(deps, request),
      async () => {
        await adjustStock(healthy(), request);
        await adjustStock(healthy(), { ...request, delta: 1, idempotencyKey: 'next' });
        await adjustStock(healthy(), { ...request, delta: 1, idempotencyKey: 'last' });
      },
      async () => expect(await unitsOf('a')).toEqual([[4, 4, 0]]),
    );
  });
});

describe('an adjustment', () => {
  const request = { variantId: 'a', delta: -3, idempotencyKey: 'key', userId: 'sam' };

  test('is applied once wherever its process died', async () => {
    const points = await atEveryCrashPoint(async (lives) => {
      await stock({ a: 5 });
      const end = await dyingAfter(lives, (deps) => adjustStock(deps, request));
      const outcome = { kind: 'applied', stock: { onHand: 2, available: 2, reserved: 0 } };
      expect(await adjustStock(healthy(), request)).toEqual(outcome);
      // Another adjustment makes the item forget the first; the key still knows.
      await adjustStock(healthy(), { ...request, delta: 10, idempotencyKey: 'other' });
      expect(await adjustStock(healthy(), request)).toEqual(outcome);
      expect(await unitsOf('a')).toEqual([[12, 12, 0]]);
      return end;
    });
    expect(points).toBe(3);
  });

  test('refused stays refused, wherever its process died and whatever has come in since', async () => {
    await atEveryCrashPoint(async (lives) => {
      await stock({ a: 2 });
      const end = await dyingAfter(lives, (deps) => adjustStock(deps, request));
      const outcome = await adjustStock(healthy(), request);
      expect(outcome).toEqual({ kind: 'refused', available: 2 });
      await adjustStock(healthy(), { ...request, delta: 10, idempotencyKey: 'other' });
      expect(await adjustStock(healthy(), request)).toEqual(outcome);
      expect(await unitsOf('a')).toEqual([[12, 12, 0]]);
      return end;
    });
  });

  test('sent by twenty twins at once is applied once, and all hear the same', async () => {
    await stock({ a: 5 });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => adjustStock(healthy(), request)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(await unitsOf('a')).toEqual([[2, 2, 0]]);
  });

  test('by forty keys at once never takes more than there is', async () => {
    await stock({ a: 50 });
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        adjustStock(healthy(), { ...request, idempotencyKey: `key-${n}` }),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'applied')).toHaveLength(16);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(24);
    expect(await unitsOf('a')).toEqual([[2, 2, 0]]);
  });
});
