import { connectRedisKv, type Kv } from '@souk/kit/kv';
import { findRedis, startRedis, type TestRedis } from '@souk/testkit/redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop, silent, type TinyShop } from '../__fixtures__/tiny-shop.js';

const hasRedis = (await findRedis()) !== undefined;

// Addresses of this machine count, too.
const options = {
  rateLimit: { exempt: [], rules: [{ by: 'address', capacity: 100_000, refillPerSecond: 1 }] },
} as const;

let shop: TinyShop;
let redis: TestRedis;
let kv: Kv;
let running: RunningGateway;
beforeEach(async () => {
  if (!hasRedis) return;
  redis = await startRedis();
  kv = await connectRedisKv({ url: redis.url, logger: silent, mustAnswer: false });
  shop = createTinyShop();
  running = await startGateway(shop.apps, { kv, options });
});
afterEach(async () => {
  if (!hasRedis) return;
  await running.stop();
  await kv.close();
  await redis.stop();
});

const add = (text: string, key: string): Promise<Answer> =>
  running.ask('mutation ($text: String!) { addNote(text: $text) }', {
    variables: { text },
    headers: { 'idempotency-key': key },
  });
const stock = (): Promise<Answer> => running.ask('{ product(id: "p1") { name stock } }');
const whole = { status: 200, data: { product: { name: 'Lamp', stock: 3 } } };
const isCounted = ({ headers }: Answer): boolean => headers.has('ratelimit-limit');

/** What needs it is refused and not done; all else goes on as if there were none. */
async function isDoneWithout(): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    const answer = await stock();
    expect(answer).toMatchObject(whole);
    expect(isCounted(answer)).toBe(false);
  }
  expect((await running.ask('mutation { addNote(text: "without a key") }')).status).toBe(200);
  expect(await add('with a key', 'key-of-the-outage')).toMatchObject({
    status: 503,
    errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
  });
  expect(shop.notes).not.toContain('with a key');
}
async function isUsedAgain(): Promise<void> {
  while (!isCounted(await stock()));
  while ((await add('with a key', 'key-of-the-outage')).status !== 200);
  expect((await add('with a key', 'key-of-the-outage')).headers.get('idempotent-replayed')).toBe('true');
  expect(shop.notes.filter((note) => note === 'with a key')).toHaveLength(1);
}

describe.skipIf(!hasRedis)('the Redis that replicas share', () => {
  it('is away, and comes back: only idempotency keys are UNAVAILABLE meanwhile, limits do not count; then all as before', async () => {
    await isUsedAgain();
    shop.notes = [];
    await redis.stop();
    await isDoneWithout();
    redis = await startRedis({ port: redis.port });
    await isUsedAgain();
  });

  it('keeps its connections and answers nothing: the same, and nobody waits for long', async () => {
    // On a busy machine the first answers may come too late to count.
    while (!isCounted(await stock()));
    redis.freeze();
    // The first few still find out.
    while (isCounted(await stock()));
    await isDoneWithout();
    redis.thaw();
    await isUsedAgain();
  });

  it('is away when the gateway starts: it starts, and finds it later', async () => {
    await running.stop();
    await kv.close();
    await redis.stop();
    kv = await connectRedisKv({ url: redis.url, logger: silent, mustAnswer: false });
    running = await startGateway(shop.apps, { kv, options });
    await isDoneWithout();
    redis = await startRedis({ port: redis.port });
    await isUsedAgain();
  });
});
