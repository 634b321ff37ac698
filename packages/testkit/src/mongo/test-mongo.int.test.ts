import { MongoClient } from 'mongodb';
import { expect, test } from 'vitest';
import { testMongo } from './test-mongo.js';

test('two databases of one name are apart, and the URL leads into its own', async () => {
  const [left, right] = await Promise.all([testMongo('apart'), testMongo('apart')]);
  const [inLeft, inRight] = await Promise.all([left, right].map(({ url }) => new MongoClient(url).connect()));
  await inLeft?.db().collection('mine').insertOne({ answer: 42 });
  expect(inLeft?.db().databaseName).toBe(left.database);
  expect(await inRight?.db().collection('mine').countDocuments({})).toBe(0);

  await Promise.all([inLeft?.close(), inRight?.close()]);
  await Promise.all([left.stop(), right.stop()]);
});
