import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kv, KvLock } from './kv.js';

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await delay(5);
};

/**
 * What every `Kv` does.
 *
 * @example describeKvContract('in process', async () => createMemoryKv());
 */
export function describeKvContract(name: string, open: () => Promise<Kv>): void {
  describe(name, () => {
    let kv: Kv;
    let serial = 0;
    const newKey = () => `{test-${Math.random().toString(36).slice(2)}}:${(serial += 1)}`;
    /** The lock, as soon as its holder's time is over. */
    const freed = async (key: string): Promise<KvLock> => {
      for (;;) {
        const lock = await kv.acquireLock(key, 60_000);
        if (lock) return lock;
        await delay(5);
      }
    };
    beforeAll(async () => void (kv = await open()));
    afterAll(() => kv.close());

    it('keeps, replaces and deletes values', async () => {
      const key = newKey();
      expect(await kv.get(key)).toBeUndefined();
      expect(await kv.set(key, 'one')).toBe(true);
      expect(await kv.set(key, 'ünï\n\0two')).toBe(true);
      expect(await kv.get(key)).toBe('ünï\n\0two');
      expect([await kv.delete(key), await kv.delete(key)]).toEqual([true, false]);
      expect(await kv.get(key)).toBeUndefined();
    });

    it('an empty value is a value', async () => {
      const key = newKey();
      await kv.set(key, '');
      expect(await kv.get(key)).toBe('');
    });

    it('lets values die, and a new value without a life time live', async () => {
      const [dying, renewed] = [newKey(), newKey()];
      await kv.set(dying, 'x', { ttlMs: 40 });
      await kv.set(renewed, 'x', { ttlMs: 40 });
      await kv.set(renewed, 'y');
      await until(async () => (await kv.get(dying)) === undefined);
      await delay(60);
      expect(await kv.get(renewed)).toBe('y');
    });

    it('sets only if absent: one of many wins', async () => {
      const key = newKey();
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, n) => kv.set(key, String(n), { onlyIfAbsent: true, ttlMs: 60_000 })),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await kv.get(key)).toBe(String(won.indexOf(true)));
    });

    it('counts without losing any, and does not extend the life time', async () => {
      const key = newKey();
      const counts = await Promise.all(Array.from({ length: 50 }, () => kv.increment(key, { by: 2 })));
      expect([...counts].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => 2 * (n + 1)));
      let dying: string;
      do {
        dying = newKey();
        await kv.increment(dying, { ttlMs: 200 });
        // On a machine that pauses the first life may be over already, and another one begins.
      } while ((await kv.increment(dying, { ttlMs: 60_000 })) !== 2);
      await until(async () => (await kv.get(dying)) === undefined);
      expect(await kv.increment(dying)).toBe(1);
    });

    it('gives out exactly as many tokens as there are, says when to come back, and refills', async () => {
      const key = newKey();
      const bucket = { capacity: 10, refillPerSecond: 0.01 };
      const taken = await Promise.all(Array.from({ length: 40 }, async () => kv.takeTokens(key, bucket)));
      expect(taken.filter(({ allowed }) => allowed)).toHaveLength(10);
      const refused = taken.find(({ allowed }) => !allowed);
      expect(refused).toMatchObject({ allowed: false, remaining: 0 });
      expect(refused?.retryAfterMs).toBeGreaterThan(90_000);
      expect(refused?.retryAfterMs).toBeLessThanOrEqual(100_000);

      const quick = { capacity: 2, refillPerSecond: 20 };
      let emptied: string;
      do {
        emptied = newKey();
        expect(await kv.takeTokens(emptied, { ...quick, tokens: 2 })).toEqual({
          allowed: true,
          remaining: 0,
          retryAfterMs: 0,
        });
        // On a machine that pauses the bucket may have refilled already.
      } while ((await kv.takeTokens(emptied, quick)).allowed);
      await until(async () => (await kv.takeTokens(emptied, quick)).allowed);
    });

    it('takes tokens back, never more than there is room for', async () => {
      const [key, bucket] = [newKey(), { capacity: 10, refillPerSecond: 0.01 }];
      const take = async (tokens: number) => (await kv.takeTokens(key, { ...bucket, tokens })).remaining;
      expect(await take(8)).toBe(2);
      await kv.putTokens(key, { ...bucket, tokens: 5 });
      expect(await take(3)).toBe(4);
      await kv.putTokens(key, { ...bucket, tokens: 500 });
      expect(await take(1)).toBe(9);
      const untouched = newKey();
      await kv.putTokens(untouched, { ...bucket, tokens: 5 });
      expect((await kv.takeTokens(untouched, { ...bucket, tokens: 10 })).allowed).toBe(true);
    });

    it('takes without asking what was used already: the bucket is in debt until it has refilled', async () => {
      const [key, bucket] = [newKey(), { capacity: 10, refillPerSecond: 0.01 }];
      await kv.takeTokens(key, { ...bucket, tokens: 4 });
      await kv.putTokens(key, { ...bucket, tokens: -26 });
      const refused = await kv.takeTokens(key, { ...bucket, tokens: 2 });
      expect(refused).toMatchObject({ allowed: false, remaining: 0 });
      expect(refused.retryAfterMs).toBeGreaterThan(2_100_000);
      expect(refused.retryAfterMs).toBeLessThanOrEqual(2_200_000);
    });

    it('a lock has one holder, and only the holder can release it', async () => {
      const key = newKey();
      const locks = await Promise.all(Array.from({ length: 10 }, () => kv.acquireLock(key, 60_000)));
      const held = locks.filter((lock) => lock !== undefined);
      expect(held).toHaveLength(1);
      expect(await held[0]?.release()).toBe(true);

      const short = await kv.acquireLock(key, 20);
      const next = await freed(key);
      expect(await short?.release()).toBe(false);
      expect(await kv.acquireLock(key, 1_000)).toBeUndefined();
      expect(await next.release()).toBe(true);
    });

    it('a lock that is extended outlives its first time, and one that ran out cannot be extended', async () => {
      let key: string;
      let lock: KvLock | undefined;
      do {
        key = newKey();
        lock = await kv.acquireLock(key, 200);
      } while (!(await lock?.extend(60_000)));
      await delay(250);
      expect(await kv.acquireLock(key, 1_000)).toBeUndefined();
      expect(await lock?.extend(20)).toBe(true);
      const next = await freed(key);
      expect(await lock?.extend(60_000)).toBe(false);
      expect(await next.release()).toBe(true);
    });

    it('tells everybody who listens, in order, until they stop', async () => {
      const [channel, other] = [newKey(), newKey()];
      const heard: string[] = [];
      const stops = await Promise.all([
        kv.subscribe(channel, (message) => heard.push(`a ${message}`)),
        kv.subscribe(channel, (message) => heard.push(`b ${message}`)),
        kv.subscribe(other, (message) => heard.push(`other ${message}`)),
      ]);
      await kv.publish(channel, '1');
      await kv.publish(channel, '2');
      while (heard.length < 4) await delay(5);
      expect(heard.filter((line) => line.startsWith('a'))).toEqual(['a 1', 'a 2']);
      await stops[0]?.();
      await kv.publish(channel, '3');
      while (!heard.includes('b 3')) await delay(5);
      expect(heard.sort()).toEqual(['a 1', 'a 2', 'b 1', 'b 2', 'b 3']);
      await Promise.all(stops.map((stop) => stop()));
    });
  });
}
