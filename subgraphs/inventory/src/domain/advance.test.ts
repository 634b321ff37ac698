import { describe, expect, test } from 'vitest';
import { advance } from './advance.js';
import type { Reservation, ReservationState } from './reservation.js';
import { type OrderStep, type StockItem } from './stock-item.js';

const expiresAt = new Date('2026-03-01T12:30:00Z');
const item = (variantId: string, units: number, more: Partial<StockItem> = {}): StockItem => ({
  variantId,
  onHand: units,
  available: units,
  reserved: 0,
  version: 1,
  steps: [],
  adjustments: [],
  ...more,
});
const inState = (state: ReservationState, orderId: string, ...lines: [string, number][]): Reservation => ({
  orderId,
  correlationId: orderId,
  lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
  version: 1,
  expiresAt,
  commitAnswer: null,
  ...state,
});
const reserving = (orderId: string, ...lines: [string, number][]) =>
  inState({ state: 'reserving' }, orderId, ...lines);
const units = ({ item: { onHand, available, reserved } }: { item: StockItem }) => [
  onHand,
  available,
  reserved,
];

describe('reserving', () => {
  test('first come, first served, within one batch too', () => {
    const { undone, items, finished } = advance(
      [reserving('o1', ['a', 3]), reserving('o2', ['a', 3]), reserving('o3', ['a', 2])],
      [item('a', 5)],
    );
    expect(
      finished.map(({ reservation, answer }) => [reservation.orderId, reservation.state, answer]),
    ).toEqual([
      ['o1', 'reserved', { kind: 'reserved', expiresAt }],
      ['o2', 'refused', { kind: 'refused', shortage: { variantId: 'a', requested: 3, available: 2 } }],
      ['o3', 'reserved', { kind: 'reserved', expiresAt }],
    ]);
    expect(undone.map(({ orderId, state, version }) => [orderId, state, version])).toEqual([
      ['o2', 'undoing', 2],
    ]);
    expect(items.map(units)).toEqual([[5, 0, 5]]);
    expect(items[0]?.movements).toEqual([
      { kind: 'held', orderId: 'o1', quantity: 3 },
      { kind: 'held', orderId: 'o3', quantity: 2 },
    ]);
  });

  test('one line too many and the whole order is refused; no other variant keeps a hold', () => {
    const { items, finished } = advance(
      [reserving('o1', ['a', 1], ['b', 2], ['nowhere', 1])],
      [item('a', 5), item('b', 5)],
    );
    expect(finished).toMatchObject([
      {
        reservation: { state: 'refused', shortage: { variantId: 'nowhere', requested: 1, available: 0 } },
        answer: { kind: 'refused' },
      },
    ]);
    expect(items.map(units)).toEqual([
      [5, 5, 0],
      [5, 5, 0],
    ]);
    expect(items.map(({ movements }) => movements)).toEqual([[], []]);
  });

  test('an item that already holds for the order is not asked twice, and gives back once', () => {
    const order = reserving('o1', ['a', 2], ['b', 2]);
    const held = item('a', 2, { available: 0, reserved: 2, steps: [{ orderId: 'o1', step: 'held' }] });
    const after = advance([order], [held, item('b', 2)]);
    expect(after.items.map(units)).toEqual([[2, 0, 2]]);
    expect(after.finished).toMatchObject([{ reservation: { state: 'reserved' } }]);
    const undone = advance([order], [held, item('b', 1)]);
    expect(undone.finished).toMatchObject([
      { reservation: { state: 'refused' }, answer: { shortage: { variantId: 'b' } } },
    ]);
    expect(undone.items.map(units)).toEqual([
      [2, 2, 0],
      [1, 1, 0],
    ]);
  });
});

describe('an order of two units, five in the house', () => {
  const free = item('a', 5);
  const held = item('a', 5, { available: 3, reserved: 2 });
  const gone = item('a', 3);
  const remembering = (from: StockItem, step: OrderStep['step']): StockItem => ({
    ...from,
    steps: [{ orderId: 'o1', step }],
  });

  test.each<[ReservationState, StockItem, string[], number[], string]>([
    [{ state: 'releasing' }, held, ['released'], [5, 5, 0], 'released'],
    [{ state: 'releasing' }, remembering(held, 'held'), ['released'], [5, 5, 0], 'released'],
    [{ state: 'expiring' }, held, ['released'], [5, 5, 0], 'expired'],
    [{ state: 'committing' }, held, ['committed'], [3, 3, 0], 'committed'],
    [{ state: 'recalling' }, remembering(held, 'held'), ['released'], [5, 5, 0], 'released'],
    [{ state: 'recalling' }, held, ['released'], [5, 5, 0], 'released'],
    [{ state: 'recalling' }, remembering(gone, 'committed'), ['restocked'], [5, 5, 0], 'released'],
    [{ state: 'restocking' }, remembering(gone, 'committed'), ['restocked'], [5, 5, 0], 'released'],
    [{ state: 'restocking' }, gone, ['restocked'], [5, 5, 0], 'released'],
    [
      { state: 'undoing', outcome: 'released' },
      remembering(held, 'held'),
      ['released'],
      [5, 5, 0],
      'released',
    ],
    [{ state: 'undoing', outcome: 'released' }, free, [], [5, 5, 0], 'released'],
    [{ state: 'undoing', outcome: 'expired' }, remembering(held, 'held'), ['released'], [5, 5, 0], 'expired'],
  ])('%j, item %#: moves %j', (state, before, kinds, after, end) => {
    const { items, finished } = advance([inState(state, 'o1', ['a', 2])], [before]);
    expect(items.map(units)).toEqual([after]);
    expect(items[0]?.movements).toEqual(kinds.map((kind) => ({ kind, orderId: 'o1', quantity: 2 })));
    expect(finished).toMatchObject([{ reservation: { state: end, version: 2 }, answer: { kind: end } }]);
  });

  test.each<[ReservationState, OrderStep['step'], StockItem]>([
    [{ state: 'reserving' }, 'held', held],
    [{ state: 'releasing' }, 'released', free],
    [{ state: 'expiring' }, 'released', free],
    [{ state: 'committing' }, 'committed', gone],
    [{ state: 'recalling' }, 'released', free],
    [{ state: 'restocking' }, 'released', free],
    [{ state: 'undoing', outcome: 'released' }, 'released', free],
  ])('%j at an item that has %s: nothing moves, and the order comes to rest', (state, step, there) => {
    const { items, finished } = advance([inState(state, 'o1', ['a', 2])], [remembering(there, step)]);
    expect(items).toEqual([]);
    expect(finished[0]?.answer).toBeDefined();
  });

  test('a commit is remembered as answered', () => {
    const { finished } = advance([inState({ state: 'committing' }, 'o1', ['a', 2])], [held]);
    expect(finished[0]?.reservation.commitAnswer).toBe('COMMITTED');
  });

  test('an order at rest moves nothing and is told nothing', () => {
    for (const state of ['reserved', 'released', 'expired', 'committed', 'unknown'] as const) {
      const order = inState({ state }, 'o1', ['a', 2]);
      expect(advance([order], [held])).toEqual({ undone: [], items: [], finished: [{ reservation: order }] });
    }
  });
});
