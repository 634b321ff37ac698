import { randomUUID } from 'node:crypto';
import { catalogueVariants } from '@souk/demo-data/catalogue';
import { orderHistory } from '@souk/demo-data/orders';
import { connectMongo } from '@souk/kit/mongo';
import { silentLogger } from '@souk/testkit/logger';
import { testMongo } from '@souk/testkit/mongo';
import { expect, test } from 'vitest';
import { prepare, seed } from './index.js';
import { reservationsOf, stockItemsOf } from './store/collections.js';

test('every variant of the catalogue gets at least 20 units, once, and nothing is published', async () => {
  const server = await testMongo('seed');
  const deps = { mongo: server, logger: silentLogger, clock: () => new Date(), newId: randomUUID };
  await prepare(deps);
  await prepare(deps);
  const { database, close } = await connectMongo({ ...server, logger: silentLogger });
  const items = stockItemsOf(database);
  try {
    await seed(deps, { products: 20, seed: 7, orders: 0 });
    const [sold] = await items.find({}).limit(1).toArray();
    await items.updateOne({ _id: sold?._id ?? '' }, { $set: { onHand: 3, available: 3 } });
    await seed(deps, { products: 40, seed: 7, orders: 0 });

    const expected = [...catalogueVariants({ products: 40, seed: 7 })].map(({ id }) => id);
    const found = await items.find({}).toArray();
    expect(found.map(({ _id }) => _id).sort()).toEqual([...expected].sort());
    for (const { _id, onHand, available, reserved } of found) {
      if (_id === sold?._id) expect(onHand).toBe(3);
      else expect(onHand).toBeGreaterThanOrEqual(20);
      expect(available + reserved).toBe(onHand);
    }
    expect(await items.find({ unrelayed: true }).toArray()).toEqual([]);
    expect(await database.collection('events').find({}).toArray()).toEqual([]);
  } finally {
    await close();
    await server.stop();
  }
});

test('demo orders that are placed hold their units for ever, and paid ones have taken theirs, once', async () => {
  const server = await testMongo('seed_orders');
  const now = new Date('2026-03-02T12:00:00Z');
  const deps = { mongo: server, logger: silentLogger, clock: () => now, newId: randomUUID };
  await prepare(deps);
  const { database, close } = await connectMongo({ ...server, logger: silentLogger });
  try {
    const options = { products: 30, seed: 7, orders: 800 };
    await seed(deps, options);
    await seed(deps, options);
    const open = [...orderHistory({ ...options, now })].filter(
      ({ status }) => status === 'PLACED' || status === 'PAID',
    );
    expect(open.length).toBeGreaterThan(3);
    const reservations = await reservationsOf(database).find({}).toArray();
    expect(reservations.map(({ _id, state }) => `${_id} ${state}`).sort()).toEqual(
      open.map(({ id, status }) => `${id} ${status === 'PAID' ? 'committed' : 'reserved'}`).sort(),
    );
    expect(reservations.filter(({ dueAt }) => dueAt)).toEqual([]);
    const placed = open.filter(({ status }) => status === 'PLACED');
    expect(placed.length).toBeGreaterThan(0);
    expect(placed.length).toBeLessThan(open.length);
    const units = placed.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
    const items = await stockItemsOf(database).find({}).toArray();
    expect(items.reduce((sum, { reserved }) => sum + reserved, 0)).toBe(units);
    expect(items.every(({ onHand, available, reserved }) => onHand === available + reserved)).toBe(true);
  } finally {
    await close();
    await server.stop();
  }
});
