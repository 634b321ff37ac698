import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_STOCK, type Stock, adjust, commit, hold, release, restock } from './stock.js';

const step = fc.record({
  move: fc.constantFrom('hold', 'release', 'commit', 'restock', 'adjust'),
  units: fc.integer({ min: -30, max: 60 }),
});
const moves = { hold, release, commit, restock, adjust } as const;

test('under any sequence of moves the books balance: what would not fit is refused whole', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let stock: Stock = NO_STOCK;
      for (const { move, units } of steps) {
        try {
          stock = moves[move](stock, units);
        } catch {
          // Refused: the stock stays as it was.
        }
        expect(stock.onHand).toBe(stock.available + stock.reserved);
        expect(Math.min(stock.onHand, stock.available, stock.reserved)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('a promise and its end cancel out, and a sale takes units out of the house', () => {
  const stock: Stock = { onHand: 10, available: 10, reserved: 0 };
  expect(hold(stock, 3)).toEqual({ onHand: 10, available: 7, reserved: 3 });
  expect(release(hold(stock, 3), 3)).toEqual(stock);
  expect(commit(hold(stock, 3), 3)).toEqual({ onHand: 7, available: 7, reserved: 0 });
  expect(restock(commit(hold(stock, 3), 3), 3)).toEqual(stock);
  expect(adjust(hold(stock, 3), -7)).toEqual({ onHand: 3, available: 0, reserved: 3 });
});

test.each([
  ['more than available', () => hold({ onHand: 2, available: 2, reserved: 0 }, 3)],
  ['more than reserved', () => release({ onHand: 2, available: 1, reserved: 1 }, 2)],
  ['reserved units by adjustment', () => adjust({ onHand: 2, available: 1, reserved: 1 }, -2)],
  ['half a unit', () => adjust(NO_STOCK, 0.5)],
])('%s cannot be taken', (_what, move) => {
  expect(move).toThrow(/would not balance/);
});
