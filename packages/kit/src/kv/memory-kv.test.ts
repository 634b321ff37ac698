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
  await kv.set('word', 'many');
  await expect(kv.increment('word')).rejects.toThrow(/whole number/);
});
