import { describe, expect, test } from 'vitest';
import { receive } from './receive.js';
import type { Reservation, ReservationState } from './reservation.js';
import type { StockCommand } from './stock-command.js';

const about = { orderId: 'o1', correlationId: 'c1' };
const reserve: StockCommand = {
  ...about,
  kind: 'reserve',
  lines: [
    { variantId: 'b', quantity: 1 },
    { variantId: 'a', quantity: 2 },
    { variantId: 'b', quantity: 3 },
  ],
};
const release: StockCommand = { ...about, kind: 'release' };
const commit: StockCommand = { ...about, kind: 'commit' };

const lines = [{ variantId: 'a', quantity: 1 }];
const at = (state: ReservationState): Reservation => ({ ...about, lines, version: 4, ...state });
const shortage = { variantId: 'a', requested: 1, available: 0 };
const every: readonly ReservationState[] = [
  { state: 'reserving' },
  { state: 'reserved' },
  { state: 'undoing', outcome: 'released' },
  { state: 'undoing', outcome: 'refused', shortage },
  { state: 'refused', shortage },
  { state: 'releasing' },
  { state: 'released' },
  { state: 'committing' },
  { state: 'committed' },
];

test('a reserve begins a reservation: each variant once, in variant-id order', () => {
  expect(receive(reserve, undefined)).toEqual({
    ...about,
    lines: [
      { variantId: 'a', quantity: 2 },
      { variantId: 'b', quantity: 4 },
    ],
    version: 1,
    state: 'reserving',
  });
});

test.each(every)('a reserve that comes again changes nothing in $state', (state) => {
  const current = at(state);
  expect(receive(reserve, current)).toBe(current);
});

describe('a release', () => {
  test('of an unknown order leaves a tombstone, which a late reserve finds', () => {
    const tombstone = receive(release, undefined);
    expect(tombstone).toEqual({ ...about, lines: [], version: 1, state: 'released' });
    expect(receive(reserve, tombstone)).toBe(tombstone);
  });

  test('gives back what is held, and undoes what is being held', () => {
    expect(receive(release, at({ state: 'reserved' }))).toEqual({
      ...at({ state: 'releasing' }),
      version: 5,
    });
    expect(receive(release, at({ state: 'reserving' }))).toEqual({
      ...at({ state: 'undoing', outcome: 'released' }),
      version: 5,
    });
  });

  test.each(every.filter(({ state }) => state !== 'reserved' && state !== 'reserving'))(
    'changes nothing in $state',
    (state) => {
      const current = at(state);
      expect(receive(release, current)).toBe(current);
    },
  );
});

describe('a commit', () => {
  test('sends what is reserved away, once', () => {
    const committing = receive(commit, at({ state: 'reserved' }));
    expect(committing).toEqual({ ...at({ state: 'committing' }), version: 5 });
    expect(receive(commit, committing)).toBe(committing);
    const done = at({ state: 'committed' });
    expect(receive(commit, done)).toBe(done);
  });

  test('without a reservation is a mistake that must be seen', () => {
    expect(() => receive(commit, undefined)).toThrow(
      'Order o1 has no stock to commit: its reservation is unknown.',
    );
    expect(() => receive(commit, at({ state: 'released' }))).toThrow(/is released/);
    expect(() => receive(commit, at({ state: 'refused', shortage }))).toThrow(/is refused/);
  });
});
