import { catalogueVariants } from '@souk/demo-data/catalogue';
import { connectMongo } from '@souk/kit/mongo';
import { silentLogger } from '@souk/testkit/logger';
import { testMongo } from '@souk/testkit/mongo';
import { expect, test } from 'vitest';
import { prepare, seed } from './index.js';
import { stockItemsOf } from './store/collections.js';

test('every variant of the catalogue gets at least 20 units, once, and nothing is published', async () => {
  const server = await testMongo('seed');
  const deps = { mongo: server, logger: silentLogger, clock: () => new Date() };
  await prepare(deps);
  await prepare(deps);
  const { database, close } = await connectMongo({ ...server, logger: silentLogger });
  const items = stockItemsOf(database);
  try {
    await seed(deps, { products: 20, seed: 7 });
    const [sold] = await items.find({}).limit(1).toArray();
    await items.updateOne({ _id: sold?._id ?? '' }, { $set: { onHand: 3, available: 3 } });
    await seed(deps, { products: 40, seed: 7 });

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
