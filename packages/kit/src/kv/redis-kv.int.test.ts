import { findRedis, startRedis, type TestRedis } from '@souk/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { createLogger } from '../log/index.js';
import { connectRedisKv } from './index.js';
import { describeKvContract } from './kv.contract.js';

const logger = createLogger({ level: 'silent' });
const given = process.env['REDIS_URL'];
const hasServer = (await findRedis()) !== undefined;

describe.skipIf(!given && !hasServer)('with a Redis server (REDIS_URL or redis-server on the PATH)', () => {
  let own: Promise<TestRedis> | undefined;
  afterAll(async () => (await own)?.stop());
  const serverUrl = async () => given ?? (await (own ??= startRedis())).url;
  describeKvContract('Kv in Redis', async () =>
    connectRedisKv({
      ...{ url: await serverUrl(), logger, prefix: 'test:' },
      ...{ connectTimeoutMs: 60_000, commandTimeoutMs: 30_000 },
    }),
  );
});

test('an address where nobody answers is an error, and soon', async () => {
  await expect(connectRedisKv({ url: 'redis://127.0.0.1:1', logger, connectTimeoutMs: 500 })).rejects.toThrow(
    /REDIS_URL/,
  );
});

test.skipIf(!hasServer)('who can do without it for a while fails meanwhile, and finds it later', async () => {
  const before = await startRedis();
  await before.stop();
  const kv = await connectRedisKv({ url: before.url, logger, mustAnswer: false });
  await expect(kv.get('key')).rejects.toThrow();
  const server = await startRedis({ port: before.port });
  while ((await kv.set('key', 'value').catch(() => false)) !== true)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await kv.get('key')).toBe('value');
  await kv.close();
  await server.stop();
});

test.skipIf(!hasServer)(
  'a server that freezes keeps nobody waiting for long, not even at the end',
  async () => {
    const server = await startRedis();
    const kv = await connectRedisKv({
      url: server.url,
      logger,
      connectTimeoutMs: 60_000,
      commandTimeoutMs: 1_000,
    });
    const lock = await kv.acquireLock('lock', 60_000);
    if (!lock) throw new Error('Nobody else has the lock.');
    server.freeze();
    const commands = [
      kv.get('key'),
      kv.set('key', 'value'),
      kv.delete('key'),
      kv.increment('count'),
      Promise.resolve(kv.takeTokens('bucket', { capacity: 1, refillPerSecond: 1 })),
      kv.acquireLock('other', 1_000),
      lock.extend(1_000),
      lock.release(),
      kv.publish('channel', 'message'),
    ];
    for (const outcome of await Promise.allSettled(commands)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { message: 'A command to Redis took longer than 1000 ms.' },
      });
    }
    server.thaw();
    while ((await kv.set('key', 'again').catch(() => false)) !== true);
    expect(await kv.get('key')).toBe('again');
    server.freeze();
    await kv.close();
    await server.stop();
  },
);

test.skipIf(!hasServer)('unsubscribing after the end is no question to anybody', async () => {
  const server = await startRedis();
  const kv = await connectRedisKv({ url: server.url, logger, connectTimeoutMs: 60_000 });
  const unsubscribe = await kv.subscribe('channel', () => {});
  await kv.close();
  await unsubscribe();
  await server.stop();
});
