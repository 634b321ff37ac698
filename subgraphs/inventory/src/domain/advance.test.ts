import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance } from './advance.js';
import { receive } from './receive.js';
import { type Reservation, isUnderWay } from './reservation.js';
import type { StockCommand } from './stock-command.js';
import { type StockItem, withoutStepsOf } from './stock-item.js';

const item = (variantId: string, units: number): StockItem => ({
  variantId,
  onHand: units,
  available: units,
  reserved: 0,
  version: 1,
  steps: [],
  adjustments: [],
});
const reserving = (orderId: string, ...lines: [string, number][]): Reservation => ({
  orderId,
  correlationId: orderId,
  lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
  version: 1,
  state: 'reserving',
});
const units = ({ onHand, available, reserved }: StockItem) => [onHand, available, reserved];

test('first come, first served, within one batch too', () => {
  const { undone, items, finished } = advance(
    [reserving('o1', ['a', 3]), reserving('o2', ['a', 3]), reserving('o3', ['a', 2])],
    [item('a', 5)],
  );
  expect(finished.map(({ orderId, state }) => [orderId, state])).toEqual([
    ['o1', 'reserved'],
    ['o2', 'refused'],
    ['o3', 'reserved'],
  ]);
  expect(finished[1]).toMatchObject({ shortage: { variantId: 'a', requested: 3, available: 2 } });
  expect(undone.map(({ orderId, state, version }) => [orderId, state, version])).toEqual([
    ['o2', 'undoing', 2],
  ]);
  expect(items.map(units)).toEqual([[5, 0, 5]]);
});

test('one line too many and the whole order is refused; no other variant keeps a hold', () => {
  const { items, finished } = advance(
    [reserving('o1', ['a', 1], ['b', 2], ['nowhere', 1])],
    [item('a', 5), item('b', 5)],
  );
  expect(finished).toMatchObject([
    { state: 'refused', shortage: { variantId: 'nowhere', requested: 1, available: 0 } },
  ]);
  expect(items.map(units)).toEqual([
    [5, 5, 0],
    [5, 5, 0],
  ]);
});

test('an item that already holds for the order is not asked twice, and gives back once', () => {
  const order = reserving('o1', ['a', 2], ['b', 2]);
  const [held] = advance([reserving('o1', ['a', 2])], [item('a', 2)]).items;
  if (!held) throw new Error('Nothing was held.');
  const after = advance([order], [held, item('b', 2)]);
  expect(after.items.map(units)).toEqual([[2, 0, 2]]);
  expect(after.finished).toMatchObject([{ state: 'reserved' }]);
  const undone = advance([order], [held, item('b', 1)]);
  expect(undone.finished).toMatchObject([{ state: 'refused', shortage: { variantId: 'b' } }]);
  expect(undone.items.map(units)).toEqual([
    [2, 2, 0],
    [1, 1, 0],
  ]);
});

/** A database in memory whose process dies after any number of writes. */
class Died extends Error {}
function createWorld(stock: Record<string, number>) {
  const items = new Map(Object.entries(stock).map(([id, count]) => [id, item(id, count)]));
  const reservations = new Map<string, Reservation>();
  let writesLeft = Infinity;
  const write = (effect: () => void): void => {
    if (writesLeft <= 0) throw new Died();
    writesLeft -= 1;
    effect();
  };
  const save = (reservation: Reservation) => write(() => reservations.set(reservation.orderId, reservation));

  const obey = (command: StockCommand): void => {
    const current = reservations.get(command.orderId);
    const meant = receive(command, current);
    if (meant !== current) save(meant);
    if (!isUnderWay(meant)) return;
    const wanted = meant.lines.flatMap(({ variantId }) => items.get(variantId) ?? []);
    const { undone, items: changed, finished } = advance([meant], wanted);
    const atRest = new Set(
      [...reservations.values()].filter((one) => !isUnderWay(one)).map(({ orderId }) => orderId),
    );
    undone.forEach(save);
    for (const one of changed) {
      write(() => items.set(one.variantId, { ...withoutStepsOf(one, atRest), version: one.version + 1 }));
    }
    finished.forEach(save);
  };
  return {
    items,
    reservations,
    /** Obeys, dying after `writes` writes; then, as a redelivery, once more. */
    deliver(command: StockCommand, writes: number): void {
      writesLeft = writes;
      try {
        obey(command);
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        writesLeft = Infinity;
        obey(command);
      }
      writesLeft = Infinity;
    },
  };
}

const line = fc.record({
  variantId: fc.constantFrom('a', 'b', 'c'),
  quantity: fc.integer({ min: 1, max: 4 }),
});
const delivery = fc.record({
  kind: fc.constantFrom('reserve', 'release', 'commit'),
  order: fc.integer({ min: 0, max: 7 }),
  diesAfter: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Infinity)),
});

test('whatever is sent, repeated, out of order or cut off by a crash: units are neither lost nor sold twice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 8, maxLength: 8 }),
      fc.array(delivery, { maxLength: 50 }),
      (baskets, deliveries) => {
        const start: Record<string, number> = { a: 6, b: 4, c: 9 };
        const world = createWorld(start);
        for (const { kind, order, diesAfter } of deliveries) {
          const about = { orderId: `o${order}`, correlationId: 'c' };
          const known = world.reservations.get(about.orderId)?.state;
          if (kind === 'commit' && known !== 'reserved' && known !== 'committed') continue;
          const command: StockCommand =
            kind === 'reserve' ? { ...about, kind, lines: baskets[order] ?? [] } : { ...about, kind };
          world.deliver(command, diesAfter);

          for (const [variantId, stock] of world.items) {
            const unitsIn = (state: Reservation['state']) =>
              [...world.reservations.values()]
                .filter((reservation) => reservation.state === state)
                .flatMap(({ lines }) => lines.filter((each) => each.variantId === variantId))
                .reduce((sum, { quantity }) => sum + quantity, 0);
            expect(stock.onHand).toBe((start[variantId] ?? 0) - unitsIn('committed'));
            expect(stock.reserved).toBe(unitsIn('reserved'));
            expect(stock.available).toBe(stock.onHand - stock.reserved);
            expect(stock.available).toBeGreaterThanOrEqual(0);
            expect(stock.steps.length).toBeLessThanOrEqual(8);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});
