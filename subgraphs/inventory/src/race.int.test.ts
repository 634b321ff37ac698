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

test('three replicas let go while orders are committed: each order ends one way, and its units with it', async () => {
  const warehouse = await openWarehouse({ replicas: 3 });
  try {
    const { orders } = warehouse;
    const ids = Array.from({ length: 40 }, (_, number) => `late-${number}`);
    await warehouse.stock({ seat: 40, ticket: 80 });
    for (const orderId of ids) orders.reserve(orderId, ['seat', 1], ['ticket', 2]);
    const endsOf = async (types: readonly string[]) =>
      (await warehouse.published()).filter(({ type }) => types.includes(type));
    await waitFor(
      async () => ((await endsOf(['stock.reserved'])).length === ids.length ? true : undefined),
      'all reserved',
    );
    // The time is over at the very moment in which half of them are committed.
    for (const orderId of ids.filter((_, number) => number % 2 === 0)) orders.commit(orderId);
    warehouse.pass(61_000);
    const ended = await waitFor(async () => {
      const ends = await endsOf(['stock.committed', 'stock.expired']);
      return ends.length === ids.length ? ends : undefined;
    }, 'every order to end');
    const committed = ended
      .filter(({ type }) => type === 'stock.committed')
      .map(({ aggregateId }) => aggregateId);
    const expired = ended
      .filter(({ type }) => type === 'stock.expired')
      .map(({ aggregateId }) => aggregateId);
    expect([...committed, ...expired].sort()).toEqual([...ids].sort());

    const refused = await waitFor(async () => {
      const refusals = await endsOf(['stock.commit-refused']);
      return refusals.length + committed.length === 20 ? refusals : undefined;
    }, 'every commit to be answered');
    for (const { aggregateId, payload } of refused) {
      expect(payload).toEqual({ orderId: aggregateId, reason: 'EXPIRED' });
      expect(expired).toContain(aggregateId);
    }
    const left = 40 - committed.length;
    expect(await warehouse.unitsOf('seat')).toEqual([left, left, 0]);
    expect(await warehouse.unitsOf('ticket')).toEqual([2 * left, 2 * left, 0]);
    await warehouse.audit();
  } finally {
    await warehouse.close();
  }
});

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
