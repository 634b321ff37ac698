import { findRedis, startRedis, type TestRedis } from '@souk/testkit/redis';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../log/index.js';
import { createRedisSharedCache } from './redis-shared-cache.js';
import type { SharedCache } from './shared-cache.js';

const logger = createLogger({ level: 'silent' });

describe.skipIf((await findRedis()) === undefined)('the shared cache, with redis-server on the PATH', () => {
  let redis: TestRedis;
  const open: SharedCache[] = [];
  const changed: string[] = [];
  let gaps = 0;
  beforeEach(async () => {
    redis = await startRedis();
    changed.length = 0;
    gaps = 0;
  });
  afterEach(async () => {
    for (const cache of open.splice(0)) await cache.close();
    await redis.stop();
  });

  /** A process's own way to the cache, once it has one. */
  const connect = async (isListening = false, patienceMs = 5_000): Promise<SharedCache> => {
    const cache = createRedisSharedCache({
      url: redis.url,
      logger,
      patienceMs,
      onChanged: (key) => isListening && changed.push(key),
      onGap: () => void (gaps += 1),
    });
    open.push(cache);
    await until(async () => {
      cache.savePosition('connected', at(1));
      return (await cache.position('connected')) !== undefined;
    });
    return cache;
  };
  const at = (position: number) => ({ position, since: 5 });
  const entry = (text: string, ...tags: string[]) => ({ text, ttlMs: 60_000, tags });
  const has = async (cache: SharedCache, key: string): Promise<boolean> =>
    (await cache.get([key]))[0] !== undefined;

  it('shows what one process puts in to the others, in order, with holes', async () => {
    const [one, other] = [await connect(), await connect()];
    one.set('a', entry('A'));
    one.set('b', entry('B', 'T'));
    await until(() => has(other, 'b'));
    expect(await other.get(['b', 'none', 'a'])).toEqual(['B', undefined, 'A']);
  });

  it('drops by tag, tells the others, and takes nothing with that tag for a while', async () => {
    const [one, other] = [await connect(), await connect(true)];
    one.set('a', entry('A', 'P:1', 'P'));
    one.set('b', entry('B', 'P:2'));
    await until(async () => (await has(other, 'a')) && has(other, 'b'));
    changed.length = 0;
    one.invalidate(['P:1', 'Q']);
    await until(() => changed.includes('a'));
    expect(await other.get(['a', 'b'])).toEqual([undefined, 'B']);
    // An answer that was on its way when the event came.
    other.set('a', entry('late', 'P:1'));
    other.set('c', entry('C', 'P:3'));
    await until(() => has(one, 'c'));
    expect(await one.get(['a'])).toEqual([undefined]);
  });

  it('forgets what is over', async () => {
    const cache = await connect();
    cache.set('short', { text: 'x', ttlMs: 1, tags: ['T'] });
    cache.set('long', entry('y', 'T'));
    await until(async () => (await has(cache, 'long')) && !(await has(cache, 'short')));
  });

  it('remembers positions', async () => {
    const [one, other] = [await connect(), await connect()];
    expect(await one.position('products')).toBeUndefined();
    one.savePosition('products', { position: 42, since: 7 });
    await until(async () => (await other.position('products')) !== undefined);
    expect(await other.position('products')).toEqual({ position: 42, since: 7 });
  });

  it('drops later what it could not while its server hung, and saves no position and finds nothing before', async () => {
    const [one, other] = [await connect(false, 200), await connect(true)];
    other.set('a', entry('A', 'P:1'));
    await until(() => has(one, 'a'));
    redis.freeze();
    expect(await one.get(['a'])).toEqual([undefined]);
    redis.thaw();
    // It is left alone for a moment.
    one.invalidate(['P:1']);
    one.savePosition('log', at(1));
    let found: readonly (string | undefined)[] = [];
    await until(async () => {
      one.savePosition('log', at(2));
      found = [...found, ...(await one.get(['a']))];
      return (await other.position('log')) !== undefined;
    });
    expect([await other.position('log'), await other.get(['a'])]).toEqual([at(2), [undefined]]);
    expect(found.filter(Boolean)).toEqual([]);
    await until(() => changed.includes('a'));
    // Nobody else may put it back.
    other.set('a', entry('late', 'P:1'));
    other.set('b', entry('B', 'P:2'));
    await until(() => has(one, 'b'));
    expect(await one.get(['a'])).toEqual([undefined]);
    expect(gaps).toBe(0);
  });

  it('is empty while its server is away, says when it is back that there is a gap, and goes on', async () => {
    const cache = await connect(true);
    expect(gaps).toBe(0);
    await redis.stop();
    cache.set('a', entry('A'));
    expect(await cache.get(['a'])).toEqual([undefined]);
    expect(await cache.position('x')).toBeUndefined();
    cache.invalidate(Array.from({ length: 10_001 }, (_, index) => `T:${index}`));
    await until(() => gaps > 0);
    const whileAway = gaps;
    redis = await startRedis({ port: redis.port });
    await until(() => gaps > whileAway);
    cache.set('a', entry('A'));
    await until(() => has(cache, 'a'));
  });

  it('holds nobody up while its server hangs', async () => {
    const cache = await connect(false, 20);
    redis.freeze();
    // Asked again and again: only the first one waits, and not for long.
    for (let time = 0; time < 100; time += 1) expect(await cache.get(['a'])).toEqual([undefined]);
    redis.thaw();
    cache.set('b', entry('B'));
    await until(async () => {
      cache.set('b', entry('B'));
      return has(cache, 'b');
    });
  });
});
