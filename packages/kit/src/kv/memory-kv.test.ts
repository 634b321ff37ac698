import { expect, test } from 'vitest';
import { createMemoryKv } from './index.js';
import { describeKvContract } from './kv.contract.js';

describeKvContract('Kv in process', async () => createMemoryKv());

test('forgets the least recently used key when it is full', async () => {
  const kv = createMemoryKv({ maxKeys: 3 });
  for (const key of ['a', 'b', 'c']) await kv.set(key, key);
  await kv.get('a');
  await kv.set('d', 'd');
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => kv.get(key)))).toEqual([
    'a',
    undefined,
    'c',
    'd',
  ]);
});

test('forgets the least recently used when all is too large together, and room comes back', async () => {
  const kv = createMemoryKv({ maxSize: 12 });
  const held = () => Promise.all(['a', 'b', 'c'].map(async (key) => (await kv.get(key))?.length));
  await kv.set('a', '12345');
  await kv.set('b', '12345');
  await kv.set('a', '123');
  await kv.set('c', '1');
  expect(await held()).toEqual([3, 5, 1]);
  await kv.set('c', '123');
  expect(await held()).toEqual([undefined, 5, 3]);
  await kv.delete('b');
  await kv.set('a', '1234567');
  expect(await held()).toEqual([7, undefined, 3]);
  await kv.set('b', 'more than fits at all');
  expect(await held()).toEqual([undefined, undefined, undefined]);
});

test('refuses to use one key for two kinds of things', async () => {
  const kv = createMemoryKv();
  await kv.takeTokens('door', { capacity: 1, refillPerSecond: 1 });
  await expect(kv.get('door')).rejects.toThrow(/Use different keys/);
  await kv.set('window', 'open');
  expect(() => kv.takeTokens('window', { capacity: 1, refillPerSecond: 1 })).toThrow(/Use different keys/);
  await kv.set('word', 'many');
  await expect(kv.increment('word')).rejects.toThrow(/whole number/);
});

test('buckets answer at once, are bounded, and push no value out', async () => {
  const kv = createMemoryKv({ maxKeys: 3 });
  await kv.set('kept', 'yes');
  const take = (key: string) => kv.takeTokens(key, { capacity: 1, refillPerSecond: 0.001 });
  expect(take('mine')).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
  for (const key of ['a', 'b']) void take(key);
  expect(take('mine')).toMatchObject({ allowed: false });
  for (const key of ['c', 'd']) void take(key);
  expect([take('mine'), take('a')]).toMatchObject([{ allowed: false }, { allowed: true }]);
  for (const key of ['e', 'f', 'g']) void take(key);
  expect(take('mine')).toMatchObject({ allowed: true });
  expect(await kv.get('kept')).toBe('yes');
});

test('a clock that is set back takes nothing away', () => {
  let time = 10_000;
  const kv = createMemoryKv({ now: () => time });
  const bucket = { capacity: 10, refillPerSecond: 1 };
  void kv.takeTokens('bucket', bucket);
  time = 0;
  expect(kv.takeTokens('bucket', bucket)).toMatchObject({ remaining: 8 });
  time = 1_000;
  expect(kv.takeTokens('bucket', bucket)).toMatchObject({ remaining: 8 });
});
