import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STAFF, type Warehouse, openWarehouse } from './__fixtures__/warehouse.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ replicas: 2 });
});
afterAll(() => warehouse.close());

type Stream = AsyncIterableIterator<{ data?: Record<string, unknown> | null }, undefined>;
/** The next `count` pushes as `[id, onHand, available, reserved]`. */
async function take(stream: Stream, count: number): Promise<unknown[]> {
  const pushes: unknown[] = [];
  while (pushes.length < count) {
    const step = await stream.next();
    if (step.done) break;
    const { id, stock } = step.value.data?.['stockChanged'] as { id: string; stock: Record<string, number> };
    pushes.push([id, stock['onHand'], stock['available'], stock['reserved']]);
  }
  return pushes;
}
let keys = 0;
const adjust = async (variantId: string, delta: number): Promise<void> => {
  const input = { variantId, delta, idempotencyKey: `live-${keys++}` };
  const { data } = await warehouse.run(
    'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { errors { code } } }',
    { input },
    STAFF,
  );
  expect(data).toEqual({ adjustStock: { errors: [] } });
};

describe('stockChanged', () => {
  test('tells the present first, a variant at a time, and then every change', async () => {
    await warehouse.stock({ lamp: 5, bulb: 9 });
    const stream = await warehouse.watch(['bulb', 'nobody', 'lamp', 'bulb']);
    expect(await take(stream, 3)).toEqual([
      ['bulb', 9, 9, 0],
      ['nobody', 0, 0, 0],
      ['lamp', 5, 5, 0],
    ]);
    warehouse.orders.reserve('live-1', ['lamp', 2]);
    expect(await take(stream, 1)).toEqual([['lamp', 5, 3, 2]]);
    warehouse.orders.commit('live-1');
    expect(await take(stream, 1)).toEqual([['lamp', 3, 3, 0]]);
    await adjust('bulb', 3);
    expect(await take(stream, 1)).toEqual([['bulb', 12, 12, 0]]);
    await stream.return?.();
  });

  test('tells changes that come while nobody reads, each as it was, and nothing of other variants', async () => {
    await warehouse.stock({ fan: 1, heater: 1 });
    const stream = await warehouse.watch(['fan']);
    expect(await take(stream, 1)).toEqual([['fan', 1, 1, 0]]);
    for (const delta of [1, 2, 3]) {
      await adjust('heater', 1);
      await adjust('fan', delta);
    }
    expect(await take(stream, 3)).toEqual([
      ['fan', 2, 2, 0],
      ['fan', 4, 4, 0],
      ['fan', 7, 7, 0],
    ]);
    await stream.return?.();
  });

  test('works over every replica, and for many who watch the same', async () => {
    await warehouse.stock({ rug: 3 });
    const streams = await Promise.all(
      Array.from({ length: 60 }, (_, number) => warehouse.watch(['rug'], { replica: number % 2 })),
    );
    await Promise.all(streams.map((stream) => take(stream, 1)));
    await adjust('rug', 4);
    await adjust('rug', -2);
    const seen = await Promise.all(streams.map((stream) => take(stream, 2)));
    expect(new Set(seen.map((pushes) => JSON.stringify(pushes)))).toEqual(
      new Set(['[["rug",7,7,0],["rug",5,5,0]]']),
    );
    for (const stream of streams) await stream.return?.();
  });

  test('begins again for whoever comes after all had left', async () => {
    await warehouse.stock({ sofa: 2 });
    const first = await warehouse.watch(['sofa']);
    await take(first, 1);
    await first.return?.();
    await adjust('sofa', 1);
    const second = await warehouse.watch(['sofa']);
    expect(await take(second, 1)).toEqual([['sofa', 3, 3, 0]]);
    await adjust('sofa', 1);
    expect(await take(second, 1)).toEqual([['sofa', 4, 4, 0]]);
    await second.return?.();
  });

  test.each([
    ['none', []],
    ['too many', Array.from({ length: 101 }, (_, number) => `v${number}`)],
  ])('is refused for %s', async (_what, variantIds) => {
    await expect(warehouse.watch(variantIds)).rejects.toThrow(/BAD_USER_INPUT/);
  });
});
