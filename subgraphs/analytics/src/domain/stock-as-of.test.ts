import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type StockUnits, stockAfter, stockBefore } from './stock-as-of.js';

type Kind = 'held' | 'released' | 'committed' | 'restocked' | 'adjusted';
interface Movement {
  readonly kind: Kind;
  readonly quantity: number;
}

const stock = (available: number, reserved: number): StockUnits => ({
  onHand: available + reserved,
  available,
  reserved,
});
const told = (after: StockUnits, ...movements: Movement[]) => ({
  payload: { variantId: 'v1', ...after, movements },
});

test.each<[Kind, number, StockUnits]>([
  ['held', 2, stock(12, 3)],
  ['released', 2, stock(8, 7)],
  ['committed', 2, stock(10, 7)],
  ['restocked', 2, stock(8, 5)],
  ['adjusted', 2, stock(8, 5)],
  ['adjusted', -4, stock(14, 5)],
])('before units were %s (%i)', (kind, quantity, before) => {
  const event = told(stock(10, 5), { kind, quantity });
  expect(stockBefore(event)).toEqual(before);
  expect(stockAfter(event)).toEqual(stock(10, 5));
});

/** Where a unit comes from and where it goes to; outside is neither of the two. */
const WAYS: Readonly<Record<Kind, readonly [keyof Places, keyof Places]>> = {
  held: ['available', 'reserved'],
  released: ['reserved', 'available'],
  committed: ['reserved', 'outside'],
  restocked: ['outside', 'available'],
  adjusted: ['outside', 'available'],
};
interface Places {
  available: number;
  reserved: number;
  outside: number;
}

const movements: fc.Arbitrary<Movement[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom<Kind>('held', 'released', 'committed', 'restocked'),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({ kind: fc.constant<Kind>('adjusted'), quantity: fc.integer({ min: -9, max: 9 }) }),
  ),
  { minLength: 1, maxLength: 12 },
);

test('undoing what has moved gives what was there before', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), movements, (available, reserved, wanted) => {
      const places: Places = { available, reserved, outside: 1_000 };
      const moved = wanted.filter(({ kind, quantity }) => {
        const [from, to] = WAYS[kind];
        // Inventory moves nothing that is not there.
        if (places[from] < quantity || places[to] < -quantity) return false;
        places[from] -= quantity;
        places[to] += quantity;
        return true;
      });
      fc.pre(moved.length > 0);
      const event = told(stock(places.available, places.reserved), ...moved);
      expect(stockBefore(event)).toEqual(stock(available, reserved));
    }),
    { numRuns: 1_000 },
  );
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['no movements', stock(1, 0)],
  ['an empty list of movements', { ...stock(1, 0), movements: [] }],
  ['a movement that is not known', { ...stock(1, 0), movements: [{ kind: 'stolen', quantity: 1 }] }],
  ['half a unit', { ...stock(1, 0), movements: [{ kind: 'held', quantity: 0.5 }] }],
  ['more than there can have been', { ...stock(1, 0), movements: [{ kind: 'restocked', quantity: 2 }] }],
])('nobody can tell what was there before %s', (_name, payload) => {
  expect(stockBefore({ payload })).toBeUndefined();
});

test.each([null, 'all', {}, { ...stock(1, 0), reserved: '0' }])('%j tells no units', (payload) => {
  expect(stockAfter({ payload })).toBeUndefined();
});
