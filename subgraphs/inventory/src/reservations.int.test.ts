import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Warehouse, openWarehouse, waitFor } from './__fixtures__/warehouse.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
});
afterAll(() => warehouse.close());

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

test('an order over several variants is reserved, committed, and told of, step by step', async () => {
  const { orders } = warehouse;
  await warehouse.stock({ lamp: 5, shade: 9 });
  orders.reserve('order-1', ['shade', 2], ['lamp', 1], ['shade', 1]);
  const [reserved] = await warehouse.answersTo('order-1');
  expect(reserved).toMatchObject({
    type: 'stock.reserved',
    source: 'inventory',
    correlationId: 'request-of-order-1',
    payload: { orderId: 'order-1', expiresAt: expect.stringMatching(/Z$/) as string },
  });
  expect([await warehouse.unitsOf('lamp'), await warehouse.unitsOf('shade')]).toEqual([
    [5, 4, 1],
    [9, 6, 3],
  ]);
  orders.commit('order-1');
  expect(typesOf(await warehouse.answersTo('order-1', 2))).toEqual(['stock.reserved', 'stock.committed']);
  expect([await warehouse.unitsOf('lamp'), await warehouse.unitsOf('shade')]).toEqual([
    [4, 4, 0],
    [6, 6, 0],
  ]);

  // Between aggregates there is no order: an answer may be published before the changes that it follows from.
  const changes = await warehouse.answersTo('shade', 2);
  const moved = (kind: string) => [{ kind, orderId: 'order-1', quantity: 3 }];
  expect(changes.map(({ payload }) => payload)).toEqual([
    { variantId: 'shade', onHand: 9, available: 6, reserved: 3, movements: moved('held') },
    { variantId: 'shade', onHand: 6, available: 6, reserved: 0, movements: moved('committed') },
  ]);
  expect(changes.map(({ correlationId }) => correlationId)).toEqual([
    'request-of-order-1',
    'request-of-order-1',
  ]);
  const [first, second] = changes;
  expect(second?.version).toBeGreaterThan(first?.version ?? Infinity);
  await warehouse.audit();
});

test('one variant short, and nothing of the order is held', async () => {
  await warehouse.stock({ bed: 1, pillow: 10 });
  warehouse.orders.reserve('order-2', ['pillow', 2], ['bed', 2]);
  const [refused] = await warehouse.answersTo('order-2');
  expect(refused).toMatchObject({
    type: 'stock.refused',
    payload: { orderId: 'order-2', variantId: 'bed', requested: 2, available: 1 },
  });
  expect([await warehouse.unitsOf('bed'), await warehouse.unitsOf('pillow')]).toEqual([
    [1, 1, 0],
    [10, 10, 0],
  ]);
  await warehouse.audit();
});

test('a variant that inventory has never heard of is out of stock', async () => {
  warehouse.orders.reserve('order-3', ['unicorn', 1]);
  const [refused] = await warehouse.answersTo('order-3');
  expect(refused?.payload).toEqual({ orderId: 'order-3', variantId: 'unicorn', requested: 1, available: 0 });
});

test('commands that come twice take effect once, and are answered once', async () => {
  const { orders } = warehouse;
  await warehouse.stock({ cup: 4 });
  orders.reserve('order-4', ['cup', 3]);
  orders.reserve('order-4', ['cup', 3]);
  await warehouse.answersTo('order-4');
  orders.release('order-4');
  orders.release('order-4');
  orders.reserve('order-4', ['cup', 3]);
  await warehouse.answersTo('order-4', 2);
  orders.reserve('order-5', ['cup', 4]);
  await warehouse.answersTo('order-5');
  expect(typesOf(await warehouse.answersTo('order-4'))).toEqual(['stock.reserved', 'stock.released']);
  expect(await warehouse.unitsOf('cup')).toEqual([4, 0, 4]);
  await warehouse.audit();
});

test('a release that overtakes its reserve is answered and wins; the late reserve is not answered', async () => {
  const { orders } = warehouse;
  await warehouse.stock({ fork: 2 });
  orders.release('order-6');
  orders.reserve('order-6', ['fork', 2]);
  orders.reserve('order-7', ['fork', 1]);
  await warehouse.answersTo('order-7');
  expect(typesOf(await warehouse.answersTo('order-6'))).toEqual(['stock.released']);
  expect(await warehouse.unitsOf('fork')).toEqual([2, 1, 1]);
  await warehouse.audit();
});

test('what cannot be understood or obeyed is set aside, and the next command is obeyed', async () => {
  const { orders, mongo } = warehouse;
  await warehouse.stock({ knife: 2 });
  const nonsense = [
    orders.send('stock.reserve-requested', 'order-8', {
      orderId: 'order-8',
      lines: [{ variantId: 'knife', quantity: -1 }],
    }),
    orders.send('stock.reserve-requested', 'order-8', { orderId: 'order-8', lines: [] }),
    orders.send('stock.reserve-requested', 'order-8', {
      orderId: 'order-8',
      lines: [{ variantId: 'knife', quantity: 'two' }],
    }),
  ];
  orders.reserve('order-9', ['knife', 1]);
  await warehouse.answersTo('order-9');
  const letters = await mongo.database.collection<{ _id: string }>('dead_letters').find({}).toArray();
  expect(letters.map(({ _id }) => _id).sort()).toEqual(nonsense.map(({ id }) => `inventory:${id}`).sort());
  expect(await warehouse.unitsOf('knife')).toEqual([2, 1, 1]);
  await warehouse.audit();
});

test('a release after the commit brings the units back', async () => {
  const { orders } = warehouse;
  await warehouse.stock({ tent: 4, rope: 8 });
  orders.reserve('order-10', ['tent', 3], ['rope', 2]);
  await warehouse.answersTo('order-10');
  orders.commit('order-10');
  await warehouse.answersTo('order-10', 2);
  orders.release('order-10');
  // Late and repeated commands find that it is over.
  orders.commit('order-10');
  orders.release('order-10');
  orders.reserve('order-11', ['tent', 4]);
  await warehouse.answersTo('order-11');
  expect(typesOf(await warehouse.answersTo('order-10', 3))).toEqual([
    'stock.reserved',
    'stock.committed',
    'stock.released',
  ]);
  expect([await warehouse.unitsOf('tent'), await warehouse.unitsOf('rope')]).toEqual([
    [4, 0, 4],
    [8, 8, 0],
  ]);
  await warehouse.audit();
});

test('a commit without a reservation is refused, once for each order, and says why', async () => {
  const { orders } = warehouse;
  await warehouse.stock({ drum: 3 });
  orders.commit('order-12');
  orders.commit('order-12');
  orders.reserve('order-13', ['drum', 1]);
  orders.release('order-13');
  await warehouse.answersTo('order-13', 2);
  orders.commit('order-13');
  orders.reserve('order-14', ['drum', 4]);
  await warehouse.answersTo('order-14');
  orders.commit('order-14');
  orders.release('order-14');
  const told = async (orderId: string, count: number) =>
    (await warehouse.answersTo(orderId, count)).map(({ type, payload }) => [type, payload]);
  const refused = (orderId: string, reason: string) => ['stock.commit-refused', { orderId, reason }];
  expect(await told('order-14', 3)).toEqual([
    ['stock.refused', { orderId: 'order-14', variantId: 'drum', requested: 4, available: 3 }],
    refused('order-14', 'UNKNOWN'),
    ['stock.released', { orderId: 'order-14' }],
  ]);
  expect((await told('order-13', 3)).at(-1)).toEqual(refused('order-13', 'RELEASED'));
  expect(await told('order-12', 1)).toEqual([refused('order-12', 'UNKNOWN')]);
  await warehouse.audit();
});

test('an item remembers no more orders than it must', async () => {
  const { orders, store } = warehouse;
  await warehouse.stock({ coin: 100 });
  for (let number = 0; number < 12; number += 1) {
    orders.reserve(`coin-${number}`, ['coin', 1]);
    await warehouse.answersTo(`coin-${number}`);
  }
  const remembered = await waitFor(async () => (await store.items.find(['coin']))[0]?.steps, 'the item');
  expect(remembered).toEqual([{ orderId: 'coin-11', step: 'held' }]);
});
