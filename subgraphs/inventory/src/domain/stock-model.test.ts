import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance } from './advance.js';
import { type Movement, moved } from './movement.js';
import { receive } from './receive.js';
import {
  type AnsweredReservation,
  type Reservation,
  type ReservationAnswer,
  type ReservationLine,
  isUnderWay,
} from './reservation.js';
import { type StockCommand, mergedLines } from './stock-command.js';
import { type StockItem, withoutStepsOf } from './stock-item.js';
import type { Stock } from './stock.js';

const START: Readonly<Record<string, number>> = { a: 6, b: 4, c: 9 };
/** How long a reservation is kept, in deliveries. */
const KEPT = 12;
const at = (time: number): Date => new Date(time);

const full = (units: number): Stock => ({ onHand: units, available: units, reserved: 0 });
const stockOf = ({ onHand, available, reserved }: Stock): Stock => ({ onHand, available, reserved });

/** A database in memory whose process dies after any number of writes. */
class Died extends Error {}
function createWorld() {
  const items = new Map<string, StockItem>(
    Object.entries(START).map(([variantId, units]) => [
      variantId,
      { variantId, ...full(units), version: 1, steps: [], adjustments: [] },
    ]),
  );
  const reservations = new Map<string, Reservation>();
  const ledger = new Map<string, Movement[]>(Object.keys(START).map((id) => [id, []]));
  const answers = new Map<string, ReservationAnswer['kind'][]>();
  let writesLeft = Infinity;
  const write = (effect: () => void): void => {
    if (writesLeft <= 0) throw new Died();
    writesLeft -= 1;
    effect();
  };
  const save = ({ reservation, answer }: AnsweredReservation): void =>
    write(() => {
      const { orderId } = reservation;
      reservations.set(orderId, reservation);
      if (answer) answers.set(orderId, [...(answers.get(orderId) ?? []), answer.kind]);
    });

  const obey = (command: StockCommand, time: number): void => {
    const current = reservations.get(command.orderId);
    const received = receive(command, current, { now: at(time), keepUntil: at(time + KEPT) });
    const meant = received.reservation;
    if (meant !== current) save(received);
    if (!isUnderWay(meant)) return;
    const wanted = meant.lines.flatMap(({ variantId }) => items.get(variantId) ?? []);
    const { undone, items: changed, finished } = advance([meant], wanted);
    const atRest = new Set(
      [...reservations.values()].filter((one) => !isUnderWay(one)).map(({ orderId }) => orderId),
    );
    undone.forEach((reservation) => save({ reservation }));
    for (const { item, movements } of changed) {
      write(() => {
        items.set(item.variantId, { ...withoutStepsOf(item, atRest), version: item.version + 1 });
        ledger.get(item.variantId)?.push(...movements);
      });
    }
    finished.forEach(save);
  };
  return {
    items,
    reservations,
    ledger,
    answers,
    /** Obeys, dying after `writes` writes. @returns whether it got through */
    deliver(command: StockCommand, time: number, writes = Infinity): boolean {
      writesLeft = writes;
      try {
        obey(command, time);
        return true;
      } catch (error) {
        if (error instanceof Died) return false;
        throw error;
      } finally {
        writesLeft = Infinity;
      }
    },
  };
}
type World = ReturnType<typeof createWorld>;

const line = fc.record({
  variantId: fc.constantFrom('a', 'b', 'c'),
  quantity: fc.integer({ min: 1, max: 4 }),
});
const baskets = fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 8, maxLength: 8 });
const deliveries = fc.array(
  fc.record({
    kind: fc.constantFrom('reserve', 'release', 'commit', 'expire'),
    order: fc.integer({ min: 0, max: 7 }),
    diesAfter: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Infinity)),
  }),
  { maxLength: 60 },
);
type Delivery = { kind: StockCommand['kind']; order: number; diesAfter: number };

const commandOf = (
  { kind, order }: Delivery,
  lines: readonly (readonly ReservationLine[])[],
): StockCommand => {
  const about = { orderId: `o${order}`, correlationId: 'c' };
  return kind === 'reserve' ? { ...about, kind, lines: lines[order] ?? [] } : { ...about, kind };
};

const unitsIn = (world: World, variantId: string, state: Reservation['state']): number =>
  [...world.reservations.values()]
    .filter((reservation) => reservation.state === state)
    .flatMap(({ lines }) => lines.filter((each) => each.variantId === variantId))
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** The books while nothing is under way. */
function expectBalance(world: World): void {
  for (const [variantId, stock] of world.items) {
    expect(stock.onHand).toBe((START[variantId] ?? 0) - unitsIn(world, variantId, 'committed'));
    expect(stock.reserved).toBe(unitsIn(world, variantId, 'reserved'));
    expect(stock.available).toBe(stock.onHand - stock.reserved);
    expect(stock.available).toBeGreaterThanOrEqual(0);
    expect(stock.steps.length).toBeLessThanOrEqual(8);
  }
}
/** True at every instant: what is there is what the ledger says. */
function expectLedger(world: World): void {
  for (const [variantId, stock] of world.items) {
    const sum = (world.ledger.get(variantId) ?? []).reduce(moved, full(START[variantId] ?? 0));
    expect(stockOf(stock)).toEqual(sum);
  }
}
function expectAnsweredOnce(world: World): void {
  for (const told of world.answers.values()) {
    const commits = told.filter((kind) => kind === 'committed' || kind === 'commit-refused');
    const others = told.filter((kind) => kind !== 'committed' && kind !== 'commit-refused');
    expect(commits.length, told.join()).toBeLessThanOrEqual(1);
    expect(new Set(others).size, told.join()).toBe(others.length);
  }
}

/** What an order's reservation should be, told simply: no crash, no item, no step. */
type Simple = 'reserved' | 'refused' | 'released' | 'expired' | 'committed' | 'unknown';
function createReference() {
  const states = new Map<string, { state: Simple; until: number; lines: readonly ReservationLine[] }>();
  const available = new Map(Object.entries(START));
  const move = (lines: readonly ReservationLine[], sign: 1 | -1): void =>
    lines.forEach(({ variantId, quantity }) =>
      available.set(variantId, (available.get(variantId) ?? 0) + sign * quantity),
    );
  return {
    available,
    stateOf: (orderId: string) => states.get(orderId)?.state,
    obey(command: StockCommand, time: number): void {
      const { orderId, kind } = command;
      const known = states.get(orderId);
      const become = (state: Simple): void =>
        void states.set(orderId, { until: Infinity, lines: [], ...known, state });
      if (kind === 'reserve' && !known) {
        const lines = mergedLines(command.lines);
        const fits = lines.every(({ variantId, quantity }) => (available.get(variantId) ?? 0) >= quantity);
        states.set(orderId, { state: fits ? 'reserved' : 'refused', until: time + KEPT, lines });
        if (fits) move(lines, -1);
      } else if (kind === 'release') {
        if (known && (known.state === 'reserved' || known.state === 'committed')) move(known.lines, 1);
        become('released');
      } else if (kind === 'commit') {
        if (!known) become('unknown');
        else if (known.state === 'reserved') become('committed');
      } else if (kind === 'expire' && known?.state === 'reserved' && known.until <= time) {
        move(known.lines, 1);
        become('expired');
      }
    },
  };
}

test('whatever is sent, repeated, out of order or cut off by a crash: each order ends as in the simplest of shops', () => {
  fc.assert(
    fc.property(baskets, deliveries, (lines, sent) => {
      const world = createWorld();
      const reference = createReference();
      sent.forEach((delivery, time) => {
        const command = commandOf(delivery, lines);
        if (command.kind === 'expire' && !world.reservations.has(command.orderId)) return;
        // Cut off, and delivered again.
        if (!world.deliver(command, time, delivery.diesAfter)) world.deliver(command, time);
        reference.obey(command, time);
        expect(world.reservations.get(command.orderId)?.state).toBe(reference.stateOf(command.orderId));
        for (const [variantId, units] of reference.available) {
          expect(world.items.get(variantId)?.available).toBe(units);
        }
        expectBalance(world);
        expectLedger(world);
        expectAnsweredOnce(world);
      });
    }),
    { numRuns: 400 },
  );
});

test('commands that overtake each other half done: at every instant the books balance, and all comes to rest', () => {
  fc.assert(
    fc.property(baskets, deliveries, (lines, sent) => {
      const world = createWorld();
      const unfinished: StockCommand[] = [];
      sent.forEach((delivery, time) => {
        const command = commandOf(delivery, lines);
        if (command.kind === 'expire' && !world.reservations.has(command.orderId)) return;
        if (!world.deliver(command, time, delivery.diesAfter)) unfinished.push(command);
        expectLedger(world);
        expectAnsweredOnce(world);
      });
      for (const command of unfinished) {
        if (command.kind !== 'expire' || world.reservations.has(command.orderId)) world.deliver(command, 0);
      }
      expect([...world.reservations.values()].filter(isUnderWay)).toEqual([]);
      expectBalance(world);
      expectLedger(world);
      expectAnsweredOnce(world);
    }),
    { numRuns: 400 },
  );
});
