import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLruMap } from './lru-map.js';

it('keeps what is used, forgets what is not, and lists that which was used longest ago first', () => {
  const map = createLruMap<string, number>(4);
  map.set('a', 1);
  map.set('b', 2);
  map.set('c', 3);
  expect(map.get('a')).toBe(1);
  map.set('d', 4);
  expect(map.entries().map(([key]) => key)).toEqual(['c', 'a', 'd']);
  expect(map.get('b')).toBeUndefined();
  map.set('d', 5);
  expect([map.get('d'), map.size]).toEqual([5, 3]);
});

it('never holds more than its limit, and always the half that was used last', () => {
  const step = fc.record({ key: fc.integer({ min: 0, max: 30 }), isWrite: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.array(step, { maxLength: 100 }), (limit, steps) => {
      const map = createLruMap<number, number>(limit);
      let used: number[] = [];
      for (const { key, isWrite } of steps) {
        const isKnown = map.get(key) !== undefined;
        if (isWrite) map.set(key, key);
        if (isKnown || isWrite) used = [...used.filter((other) => other !== key), key];
        expect(map.size).toBeLessThanOrEqual(limit);
        const kept = new Map(map.entries());
        for (const recent of used.slice(-Math.floor(limit / 2))) expect(kept.get(recent)).toBe(recent);
      }
    }),
  );
});
