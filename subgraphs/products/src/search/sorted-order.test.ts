import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortedOrder } from './sorted-order.js';

it('holds what was added and not removed, in order, whatever happens in between', () => {
  const step = fc.oneof(
    fc.record({ add: fc.array(fc.nat(5_000), { maxLength: 40 }) }),
    fc.record({ remove: fc.nat(5_000) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, isRead) => {
      // Descending, so that the order is not that of the rows.
      const order = createSortedOrder((a, b) => b - a);
      const model = new Set<number>();
      for (const one of steps) {
        if ('add' in one) {
          const fresh = [...new Set(one.add)].filter((row) => !model.has(row));
          order.add(fresh);
          fresh.forEach((row) => model.add(row));
        } else {
          order.remove(one.remove);
          model.delete(one.remove);
        }
        if (isRead) expect(order.length).toBe(model.size);
      }
      const rows = Array.from({ length: order.length }, (_, index) => order.at(index));
      expect(rows).toEqual([...model].sort((a, b) => b - a));
      const limit = 2_500;
      expect(order.firstWhere((row) => row < limit)).toBe([...model].filter((row) => row >= limit).length);
    }),
  );
});
