import { testMongo } from '@souk/testkit/mongo';
import { testPostgres } from '@souk/testkit/postgres';
import { expect, test } from 'vitest';
import { openSeedRecord } from './seed-record.js';

test.each(['postgres', 'mongo'] as const)('%s remembers the last complete seed', async (kind) => {
  const [postgres, mongo] = await Promise.all([testPostgres('seed_record'), testMongo('seed_record')]);
  const place = { databaseUrl: postgres.url, mongo: { url: mongo.url, database: mongo.database } };
  const first = await openSeedRecord({ database: kind }, place);
  expect(await first.read()).toBeUndefined();
  await first.write({ products: 500, seed: 1 });
  await first.write({ products: 20, seed: 2 });
  await first.close();

  const second = await openSeedRecord({ database: kind }, place);
  expect(await second.read()).toEqual({ products: 20, seed: 2 });
  await second.close();
  await Promise.all([postgres.drop(), mongo.stop()]);
});
