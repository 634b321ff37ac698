import { expect, test } from 'vitest';
import { type Movement, moved } from './movement.js';
import { NO_STOCK } from './stock.js';

const by = { orderId: 'o1', quantity: 2 };

test("a variant's stock is the sum of its movements", () => {
  const movements: Movement[] = [
    { kind: 'adjusted', quantity: 9 },
    { kind: 'held', ...by },
    { kind: 'committed', ...by },
    { kind: 'held', orderId: 'o2', quantity: 3 },
    { kind: 'released', orderId: 'o2', quantity: 1 },
    { kind: 'restocked', ...by },
    { kind: 'adjusted', quantity: -4 },
  ];
  expect(movements.reduce(moved, NO_STOCK)).toEqual({ onHand: 5, available: 3, reserved: 2 });
});

test.each<Movement>([
  { kind: 'held', ...by },
  { kind: 'released', ...by },
  { kind: 'committed', ...by },
  { kind: 'adjusted', quantity: -1 },
])('$kind of what is not there would not balance', (movement) => {
  expect(() => moved(NO_STOCK, movement)).toThrow(/would not balance/);
});
