import { createMongoConsumer } from '@souk/kit/mongo';
import { silentLogger as logger } from '@souk/testkit/logger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STAFF, type Warehouse, openWarehouse } from './__fixtures__/warehouse.js';
import { adjustmentsOf, reservationsOf } from './store/collections.js';
import { adjustmentPruning, reservationPruning } from './store/pruning.js';

const DAY = 24 * 3_600_000;
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
});
afterAll(() => warehouse.close());

const inDays = (days: number) => () => new Date(Date.now() + days * DAY);
const known = async () =>
  (await reservationsOf(warehouse.mongo.database).find({}).toArray()).map(({ _id }) => _id).sort();
const prune = (days: number) => reservationPruning(warehouse.mongo.database, inDays(days)).prune(100);
/** Until nothing waits for the relay. */
const relayed = () =>
  expect.poll(() => reservationsOf(warehouse.mongo.database).countDocuments({ unrelayed: true })).toBe(0);

test('reservations that hold nothing go after three months; what is sold or held stays', async () => {
  const { orders } = warehouse;
  await warehouse.stock({ lamp: 10 });
  orders.reserve('sold', ['lamp', 1]);
  orders.commit('sold');
  orders.reserve('held', ['lamp', 1]);
  orders.reserve('refused', ['lamp', 99]);
  orders.release('early');
  orders.reserve('over', ['lamp', 2]);
  orders.release('over');
  await warehouse.answersTo('sold', 2);
  await warehouse.answersTo('over', 2);
  await relayed();
  expect(await prune(89)).toBe(0);
  expect(await prune(91)).toBe(3);
  expect(await prune(91)).toBe(0);
  expect(await known()).toEqual(['held', 'sold']);

  // The item forgets with its next write what its memory of them was for, and the units are right.
  orders.reserve('next', ['lamp', 1]);
  await warehouse.answersTo('next');
  const [item] = await warehouse.store.items.find(['lamp']);
  expect(item?.steps.map(({ orderId }) => orderId)).toEqual(['next']);
  expect(await warehouse.unitsOf('lamp')).toEqual([9, 7, 2]);
  await warehouse.audit();
});

test('a command that comes again after its reservation was forgotten holds nothing', async () => {
  const { orders } = warehouse;
  await warehouse.stock({ rug: 5 });
  const reserve = orders.reserve('forgotten', ['rug', 2]);
  orders.release('forgotten');
  await warehouse.answersTo('forgotten', 2);
  await relayed();
  expect(await prune(91)).toBe(1);
  // As a broker brings it that has kept it for too long: the same event, three months old.
  const applied: string[] = [];
  const consumer = createMongoConsumer({
    ...{ database: warehouse.mongo.database, consumer: 'inventory', owner: 'orders', logger },
    handlers: { 'stock.reserve-requested': async ({ id }) => void applied.push(id) },
  });
  await expect.poll(() => consumer.cursor.load('orders')).toBeGreaterThan(reserve.position);
  await consumer.deliver([{ ...reserve, occurredAt: new Date(Date.now() - 91 * DAY).toISOString() }], 0);
  expect(applied).toEqual([]);
  expect(await warehouse.unitsOf('rug')).toEqual([5, 5, 0]);
});

test('keys of adjustments go when they are settled and old', async () => {
  await warehouse.stock({ sofa: 1 });
  const ADJUST = 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { errors { code } } }';
  const input = { variantId: 'sofa', delta: 1, idempotencyKey: 'once' };
  await warehouse.run(ADJUST, { input }, STAFF);
  const { database } = warehouse.mongo;
  await adjustmentsOf(database).insertOne({ _id: 'open', fingerprint: 'f', createdAt: new Date() });
  expect(await adjustmentPruning(database, inDays(89)).prune(100)).toBe(0);
  expect(await adjustmentPruning(database, inDays(91)).prune(100)).toBe(1);
  expect((await adjustmentsOf(database).find({}).toArray()).map(({ _id }) => _id)).toEqual(['open']);
});
