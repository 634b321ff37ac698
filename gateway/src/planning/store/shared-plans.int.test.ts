import { createMemoryKv, connectRedisKv, type Kv } from '@souk/kit/kv';
import { createLogger } from '@souk/kit/log';
import { findRedis, startRedis, type TestRedis } from '@souk/testkit/redis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, silent } from '../../__fixtures__/tiny-shop.js';
import { describePlanStoreContract, planNamed, type PlanStorePlace } from './plan-store.contract.js';
import { sharedPlans } from './shared-plans.js';

/** Knows what was written, so that it can be spoilt. */
function placeIn(kv: Kv): PlanStorePlace {
  const written = new Set<string>();
  const watched: Kv = {
    ...kv,
    set(key, value, options) {
      written.add(key);
      return kv.set(key, value, options);
    },
  };
  return {
    open: (supergraphSdl, limit) =>
      sharedPlans({
        kv: watched,
        supergraphSdl,
        logger: silent,
        ...(limit === undefined ? {} : { places: limit }),
      }),
    async spoil() {
      for (const key of written) await kv.set(key, '{"plan":{"kind":"nonsense"');
    },
  };
}

describePlanStoreContract('plans shared through memory', async () => placeIn(createMemoryKv()));

describe.skipIf((await findRedis()) === undefined)('with a Redis server', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());
  const opened: Kv[] = [];
  afterAll(() => Promise.all(opened.map((kv) => kv.close())));
  const connect = async (): Promise<Kv> => {
    // Each test has a part of its own.
    const kv = await connectRedisKv({
      url: redis.url,
      logger: silent,
      connectTimeoutMs: 60_000,
      prefix: `test${opened.length}:`,
    });
    opened.push(kv);
    return kv;
  };

  describePlanStoreContract('plans shared through Redis', async () => placeIn(await connect()));

  it('waits for none that does not answer, and says so once', async () => {
    const complaints: string[] = [];
    const logger = createLogger({
      level: 'warn',
      destination: { write: (line) => void complaints.push(line) },
    });
    const store = sharedPlans({ kv: await connect(), supergraphSdl: 'sdl', logger, waitMs: 50, pauseMs: 20 });
    store.set('a', planNamed('a'));
    await store.flush();
    redis.freeze();
    expect(await store.get('a')).toBeUndefined();
    store.set('b', planNamed('b'));
    await store.flush();
    expect(complaints).toHaveLength(1);
    redis.thaw();
    await vi.waitFor(async () => expect(await store.get('a')).toEqual(planNamed('a')), 20_000);
  });

  it('one gateway plans for all, and none stops serving without it', async () => {
    const shop = createTinyShop();
    const options = { planning: { shared: true } };
    const first = await startGateway(shop.apps, { kv: await connect(), options });
    const query = '{ products { id stock } }';
    expect(await first.ask(query)).toMatchObject({ status: 200 });
    await first.stop();
    const kv = await connectRedisKv({
      url: redis.url,
      logger: silent,
      connectTimeoutMs: 60_000,
      prefix: `test${opened.length - 1}:`,
    });
    opened.push(kv);
    const second = await startGateway(shop.apps, { kv, options });
    expect(await second.ask(query)).toMatchObject({
      status: 200,
      data: { products: [{ stock: 3 }, { stock: 3 }] },
    });
    expect(await (await fetch(`${second.url}/metrics`)).text()).toMatch(/cache="plan",result="hit"\} 1/);
    redis.freeze();
    expect(await second.ask('{ products { name } }')).toMatchObject({ status: 200 });
    redis.thaw();
    await second.stop();
  });
});

it('is refused where nothing is shared', async () => {
  const { apps } = createTinyShop();
  await expect(startGateway(apps, { options: { planning: { shared: true } } })).rejects.toThrow(/REDIS_URL/);
});
