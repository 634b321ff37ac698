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

test('refuses to use one key for two kinds of things', async () => {
  const kv = createMemoryKv();
  await kv.takeTokens('door', { capacity: 1, refillPerSecond: 1 });
  await expect(kv.get('door')).rejects.toThrow(/Use different keys/);
  await kv.set('word', 'many');
  await expect(kv.increment('word')).rejects.toThrow(/whole number/);
});
