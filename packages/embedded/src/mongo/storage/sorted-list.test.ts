import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedList } from './sorted-list.js';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const change = fc.record({ add: fc.boolean(), key, tie: fc.nat({ max: 1500 }) });

describe('SortedList', () => {
  it('is at any time what a sorted array would be', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4000, size: 'max' }), key, key, (changes, from, to) => {
        const list = new SortedList();
        const plain = new Map<string, { key: string; tie: number }>();
        for (const { add, key: own, tie } of changes) {
          const name = `${own}${String(tie).padStart(5, '0')}`;
          if (add && !plain.has(name)) {
            plain.set(name, { key: own, tie });
            list.add({ key: own, tie });
          } else if (!add) {
            plain.delete(name);
            list.remove(own, tie);
          }
        }
        const expected = [...plain].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
        expect([...list.ascending('', 'z')]).toEqual(expected);
        const inside = expected.filter((item) => item.key >= from && item.key < to);
        expect([...list.ascending(from, to)]).toEqual(inside);
        expect([...list.descending(from, to)]).toEqual([...inside].reverse());
        expect(list.count(from, to)).toBe(inside.length);
        expect([...SortedList.from([...plain.values()]).ascending('', 'z')]).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
