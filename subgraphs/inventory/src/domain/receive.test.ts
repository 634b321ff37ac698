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
const expire: StockCommand = { ...about, kind: 'expire' };

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-01T12:30:00Z');
const instants = { now, keepUntil: later };

const lines = [{ variantId: 'a', quantity: 1 }];
const shortage = { variantId: 'a', requested: 1, available: 0 };
const every: readonly ReservationState[] = [
  { state: 'reserving' },
  { state: 'reserved' },
  { state: 'undoing', outcome: 'released' },
  { state: 'undoing', outcome: 'expired' },
  { state: 'undoing', outcome: 'refused', shortage },
  { state: 'refused', shortage },
  { state: 'releasing' },
  { state: 'released' },
  { state: 'expiring' },
  { state: 'expired' },
  { state: 'committing' },
  { state: 'committed' },
  { state: 'recalling' },
  { state: 'restocking' },
  { state: 'unknown' },
];
const answers: Partial<Record<Reservation['state'], Reservation['commitAnswer']>> = {
  committed: 'COMMITTED',
  restocking: 'COMMITTED',
  unknown: 'UNKNOWN',
};
type Facts = Partial<Pick<Reservation, 'expiresAt' | 'commitAnswer'>>;
const at = (state: ReservationState, more: Facts = {}): Reservation => ({
  ...about,
  lines,
  version: 4,
  expiresAt: later,
  commitAnswer: answers[state.state] ?? null,
  ...state,
  ...more,
});
/** What a state becomes, with the next version. */
const next = (from: ReservationState, to: ReservationState, more: Facts = {}): Reservation => {
  const { commitAnswer } = at(from);
  return { ...about, lines, version: 5, expiresAt: later, commitAnswer, ...to, ...more };
};

describe('a reserve', () => {
  test('begins a reservation: each variant once, in variant-id order, kept for a while', () => {
    expect(receive(reserve, undefined, instants)).toEqual({
      reservation: {
        ...about,
        lines: [
          { variantId: 'a', quantity: 2 },
          { variantId: 'b', quantity: 4 },
        ],
        version: 1,
        expiresAt: later,
        commitAnswer: null,
        state: 'reserving',
      },
    });
  });

  test.each(every)('that comes again changes nothing in $state', (state) => {
    const current = at(state);
    expect(receive(reserve, current, instants)).toEqual({ reservation: current });
  });
});

describe('a release', () => {
  test('of an unknown order leaves a tombstone, which a late reserve finds', () => {
    const { reservation, answer } = receive(release, undefined, instants);
    expect(reservation).toEqual({
      ...about,
      lines: [],
      version: 1,
      expiresAt: null,
      commitAnswer: null,
      state: 'released',
    });
    expect(answer).toEqual({ kind: 'released' });
    expect(receive(reserve, reservation, instants)).toEqual({ reservation });
  });

  test.each<[ReservationState, ReservationState]>([
    [{ state: 'reserving' }, { state: 'undoing', outcome: 'released' }],
    [
      { state: 'undoing', outcome: 'refused', shortage },
      { state: 'undoing', outcome: 'released' },
    ],
    [
      { state: 'undoing', outcome: 'expired' },
      { state: 'undoing', outcome: 'released' },
    ],
    [{ state: 'reserved' }, { state: 'releasing' }],
    [{ state: 'expiring' }, { state: 'releasing' }],
    [{ state: 'committing' }, { state: 'recalling' }],
    [{ state: 'committed' }, { state: 'restocking' }],
  ])('turns %j into %j, and is answered when all is given back', (from, to) => {
    expect(receive(release, at(from), instants)).toEqual({ reservation: next(from, to) });
  });

  test.each<ReservationState>([{ state: 'refused', shortage }, { state: 'expired' }, { state: 'unknown' }])(
    'is answered at once in $state, where nothing is held',
    (from) => {
      expect(receive(release, at(from), instants)).toEqual({
        reservation: next(from, { state: 'released' }),
        answer: { kind: 'released' },
      });
    },
  );

  test.each<ReservationState>([
    { state: 'undoing', outcome: 'released' },
    { state: 'releasing' },
    { state: 'recalling' },
    { state: 'restocking' },
    { state: 'released' },
  ])('that comes again changes nothing in $state', (state) => {
    const current = at(state);
    expect(receive(release, current, instants)).toEqual({ reservation: current });
  });
});

describe('a commit', () => {
  test('sends what is reserved away, once', () => {
    const committing = next({ state: 'reserved' }, { state: 'committing' });
    expect(receive(commit, at({ state: 'reserved' }), instants)).toEqual({ reservation: committing });
    for (const state of [committing, at({ state: 'committed' }), at({ state: 'restocking' })]) {
      expect(receive(commit, state, instants)).toEqual({ reservation: state });
    }
  });

  test('is still good for a reservation whose time is over, as long as nobody has let it go', () => {
    const { reservation } = receive(commit, at({ state: 'reserved' }, { expiresAt: now }), instants);
    expect(reservation.state).toBe('committing');
  });

  test('of an unknown order is refused and leaves a tombstone, which a late reserve finds', () => {
    const { reservation, answer } = receive(commit, undefined, instants);
    expect(reservation).toMatchObject({ state: 'unknown', lines: [], version: 1, commitAnswer: 'UNKNOWN' });
    expect(answer).toEqual({ kind: 'commit-refused', reason: 'UNKNOWN' });
    expect(receive(reserve, reservation, instants)).toEqual({ reservation });
  });

  test.each<[ReservationState, Reservation['commitAnswer']]>([
    [{ state: 'expiring' }, 'EXPIRED'],
    [{ state: 'expired' }, 'EXPIRED'],
    [{ state: 'undoing', outcome: 'expired' }, 'EXPIRED'],
    [{ state: 'releasing' }, 'RELEASED'],
    [{ state: 'released' }, 'RELEASED'],
    [{ state: 'undoing', outcome: 'released' }, 'RELEASED'],
    [{ state: 'recalling' }, 'RELEASED'],
    [{ state: 'refused', shortage }, 'UNKNOWN'],
    [{ state: 'undoing', outcome: 'refused', shortage }, 'UNKNOWN'],
    [{ state: 'reserving' }, 'UNKNOWN'],
  ])('in %j is refused as %s: once, and the state stays', (state, reason) => {
    const refused = next(state, state, { commitAnswer: reason });
    expect(receive(commit, at(state), instants)).toEqual({
      reservation: refused,
      answer: { kind: 'commit-refused', reason },
    });
    expect(receive(commit, refused, instants)).toEqual({ reservation: refused });
  });
});

describe('the clock', () => {
  const due = { expiresAt: now };

  test('lets go of what is reserved, and of what nobody finished reserving', () => {
    expect(receive(expire, at({ state: 'reserved' }, due), instants)).toEqual({
      reservation: next({ state: 'reserved' }, { state: 'expiring' }, due),
    });
    expect(receive(expire, at({ state: 'reserving' }, due), instants)).toEqual({
      reservation: next({ state: 'reserving' }, { state: 'undoing', outcome: 'expired' }, due),
    });
  });

  test.each(every)('lets nobody go before the time, nor what is kept for ever: $state', (state) => {
    for (const current of [at(state), at(state, { expiresAt: null })]) {
      expect(receive(expire, current, instants)).toEqual({ reservation: current });
    }
  });

  test.each(every.filter(({ state }) => state !== 'reserved' && state !== 'reserving'))(
    'leaves $state to end as it was meant',
    (state) => {
      const current = at(state, due);
      expect(receive(expire, current, instants)).toEqual({ reservation: current });
    },
  );

  test('has no business with an order that nobody knows', () => {
    expect(() => receive(expire, undefined, instants)).toThrow(/no reservation that could expire/);
  });
});
