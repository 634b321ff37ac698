import { MongoClient } from 'mongodb';
import { silentLogger } from '@souk/testkit/logger';
import { type TestMongo, testMongo } from '@souk/testkit/mongo';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepare, seed } from './index.js';

let mongo: TestMongo;
let client: MongoClient;
beforeEach(async () => {
  mongo = await testMongo('seed');
  client = await new MongoClient(mongo.url).connect();
  await prepare({ mongo, logger: silentLogger });
});
afterEach(async () => {
  await client.close();
  await mongo.stop();
});
const run = (products: number, onProgress?: (done: number, total: number) => void) =>
  seed({ mongo, logger: silentLogger }, { products, seed: 7, ...(onProgress ? { onProgress } : {}) });
const products = () => client.db(mongo.database).collection<{ _id: string; name: string }>('products');

it('fills in what is missing, tells how far it is, and touches nothing that is there', async () => {
  const told: number[] = [];
  await run(1_500, (done) => told.push(done));
  expect(told).toEqual([1_000, 1_500]);
  expect(await client.db(mongo.database).collection('categories').countDocuments({})).toBe(72);
  const [one, two] = await products().find({}).limit(2).toArray();
  await products().updateOne({ _id: one!._id }, { $set: { name: 'Renamed by staff' } });
  await products().deleteOne({ _id: two!._id });
  await run(1_500);
  expect(await products().countDocuments({})).toBe(1_499);
  await run(1_700);
  expect(await products().countDocuments({})).toBe(1_700);
  expect((await products().findOne({ _id: one!._id }))?.name).toBe('Renamed by staff');
});

it('goes on where a crash has left it', async () => {
  await expect(
    run(2_500, (done) => {
      if (done === 2_000) throw new Error('crash');
    }),
  ).rejects.toThrow('crash');
  await products().deleteMany({
    _id: { $in: (await products().find({}).limit(300).toArray()).map(({ _id }) => _id) },
  });
  await run(2_500);
  expect(await products().countDocuments({})).toBe(2_500);
});
