import { expect, test } from 'vitest';
import { STAFF, openWarehouse, waitFor } from './__fixtures__/warehouse.js';

const ADJUST = 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { errors { code } } }';

test.each([{ replicas: 1 }, { replicas: 3 }])(
  'five units, two hundred buyers at once, $replicas replicas: five are served, and the ledger balances',
  async ({ replicas }) => {
    const warehouse = await openWarehouse({ replicas });
    try {
      await warehouse.stock({ drop: 5 });
      for (let buyer = 0; buyer < 200; buyer += 1) warehouse.orders.reserve(`buyer-${buyer}`, ['drop', 1]);
      const answers = await waitFor(async () => {
        const published = (await warehouse.published()).filter(({ aggregateId }) =>
          aggregateId.startsWith('buyer-'),
        );
        return published.length >= 200 ? published : undefined;
      }, 'two hundred answers');
      const ordersWith = (type: string) =>
        answers.filter((event) => event.type === type).map((event) => event.aggregateId);
      expect(ordersWith('stock.reserved')).toHaveLength(5);
      expect(ordersWith('stock.refused')).toHaveLength(195);
      expect(new Set(answers.map(({ aggregateId }) => aggregateId)).size).toBe(200);
      expect(await warehouse.unitsOf('drop')).toEqual([5, 0, 5]);
      await warehouse.audit();
    } finally {
      await warehouse.close();
    }
  },
);

test('three replicas, orders over shared variants, releases, commits and staff in between: it all adds up', async () => {
  const warehouse = await openWarehouse({ replicas: 3 });
  try {
    const variants = ['a', 'b', 'c', 'd'];
    await warehouse.stock({ a: 30, b: 30, c: 30, d: 30 });
    const { orders } = warehouse;
    const count = 60;
    const adjusting = Array.from({ length: 20 }, async (_, number) => {
      const input = {
        variantId: variants[number % 4],
        delta: number % 2 === 0 ? 3 : -2,
        idempotencyKey: `k${number}`,
      };
      const { data, errors } = await warehouse.run(ADJUST, { input }, STAFF);
      expect(errors).toBeUndefined();
      return JSON.stringify(data).includes('INSUFFICIENT') ? 0 : input.delta;
    });
    for (let number = 0; number < count; number += 1) {
      const first = variants[number % 4] ?? 'a';
      const second = variants[(number + 1 + (number % 3)) % 4] ?? 'b';
      orders.reserve(`mix-${number}`, [first, 1 + (number % 3)], [second, 2]);
      if (number % 4 === 0) orders.release(`mix-${number}`);
    }
    const answered = (type: string) => async () => {
      const published = (await warehouse.published()).filter((event) => event.type === type);
      return new Set(published.map(({ aggregateId }) => aggregateId));
    };
    const reserved = answered('stock.reserved');
    await waitFor(async () => {
      const all = new Set([
        ...(await reserved()),
        ...(await answered('stock.refused')()),
        ...(await answered('stock.released')()),
      ]);
      return all.size >= count || undefined;
    }, 'all answers');
    const toCommit = [...(await reserved())].filter((orderId) => Number(orderId.slice(4)) % 4 === 1);
    expect(toCommit.length).toBeGreaterThan(0);
    for (const orderId of toCommit) orders.commit(orderId);
    await waitFor(
      async () => ((await answered('stock.committed')()).size === toCommit.length ? true : undefined),
      'commits',
    );
    const added = (await Promise.all(adjusting)).reduce<number>((sum, delta) => sum + delta, 0);

    await waitFor(
      async () =>
        warehouse.audit().then(
          () => true,
          () => undefined,
        ),
      'everything at rest',
      5_000,
    ).catch(() => warehouse.audit());
    const onHand = (await Promise.all(variants.map((id) => warehouse.unitsOf(id)))).reduce(
      (sum, [units = 0]) => sum + units,
      0,
    );
    const gone = toCommit
      .map((orderId) => Number(orderId.slice(4)))
      .reduce((sum, number) => sum + 1 + (number % 3) + 2, 0);
    expect(onHand).toBe(120 + added - gone);
    const events = await warehouse.published();
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
  } finally {
    await warehouse.close();
  }
});
