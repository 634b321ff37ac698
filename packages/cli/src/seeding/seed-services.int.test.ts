import { createLogger } from '@souk/kit/log';
import { testMongo } from '@souk/testkit/mongo';
import { expect, onTestFinished, test } from 'vitest';
import { createSteps } from '../console/steps.js';
import type { OpenService } from '../services/open-services.js';
import { openSeedRecord } from './seed-record.js';
import { seedServices } from './seed-services.js';

const options = { products: 20, seed: 7, steps: createSteps(() => {}) };

/** A service whose seed fails so many times before it succeeds. */
async function failing(times: number) {
  const mongo = await testMongo('seed_services');
  onTestFinished(() => mongo.stop());
  const deps = {
    mongo: { url: mongo.url, database: mongo.database },
    databaseUrl: '',
    logger: createLogger({ level: 'silent' }),
  };
  let calls = 0;
  const seed = async (): Promise<void> => {
    calls += 1;
    if (calls <= times) throw new Error('Connection pool was cleared because another operation failed.');
  };
  const service = {
    service: { name: 'products', database: 'mongo' },
    code: { seed },
    deps,
  } as unknown as OpenService;
  const isComplete = async (): Promise<boolean> => {
    const record = await openSeedRecord({ database: 'mongo' }, deps);
    return (await record.read().finally(() => record.close())) !== undefined;
  };
  return { service, isComplete, calls: () => calls };
}

test('a seed that fails goes on where it stopped', async () => {
  const { service, isComplete, calls } = await failing(2);
  await seedServices([service], options);
  expect(calls()).toBe(3);
  expect(await isComplete()).toBe(true);
});

test('a seed that fails again and again fails the start, and is not taken for done', async () => {
  const { service, isComplete, calls } = await failing(Infinity);
  await expect(seedServices([service], options)).rejects.toThrow('Connection pool was cleared');
  expect(calls()).toBe(3);
  expect(await isComplete()).toBe(false);
});
