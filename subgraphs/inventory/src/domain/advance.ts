import { type Movement, moved } from './movement.js';
import {
  type AnsweredReservation,
  type Reservation,
  type ReservationAnswer,
  type ReservationState,
  type Shortage,
  inState,
} from './reservation.js';
import { type OrderStep, type StockItem, stepOf, withStep } from './stock-item.js';

/** An item that changes, with the version it was read at. */
export interface MovedItem {
  readonly item: StockItem;
  /** What has moved, in this order; none if only its memory changes. */
  readonly movements: readonly Movement[];
}

/** What is to be written, in this order; a crash between any two writes is mended by advancing again. */
export interface Advance {
  /** Reservations found impossible: this must be known before anything is given back. */
  readonly undone: readonly Reservation[];
  readonly items: readonly MovedItem[];
  /** Reservations at rest once the items are written. */
  readonly finished: readonly AnsweredReservation[];
}

/**
 * Brings reservations to rest against the items as they were read, one after the other: an earlier one takes what a
 * later one then does not find.
 *
 * Items must have been read **before** the reservations. An item's version then proves that nobody has changed what
 * a reservation meant in between: whoever gives units back first says so in the reservation and then writes the item.
 *
 * @param reservations under way, in the order in which they were asked for
 */
export function advance(reservations: readonly Reservation[], items: readonly StockItem[]): Advance {
  const warehouse = new Map(items.map((item) => [item.variantId, { item, movements: [] as Movement[] }]));
  const undone: Reservation[] = [];
  const finished = reservations.map((reservation) => {
    if (reservation.state !== 'reserving') return settle(reservation, warehouse);
    const shortage = shortageOf(reservation, warehouse);
    if (!shortage) return settle(reservation, warehouse);
    const undoing = inState(reservation, { state: 'undoing', outcome: 'refused', shortage });
    undone.push(undoing);
    return settle(undoing, warehouse);
  });
  const changed = items.flatMap((item) => {
    const now = warehouse.get(item.variantId);
    return now && now.item !== item ? [now] : [];
  });
  return { undone, items: changed, finished };
}

type Warehouse = Map<string, { item: StockItem; movements: Movement[] }>;

function shortageOf(reservation: Reservation, warehouse: Warehouse): Shortage | undefined {
  for (const { variantId, quantity: requested } of reservation.lines) {
    const item = warehouse.get(variantId)?.item;
    if (item && stepOf(item, reservation.orderId) === 'held') continue;
    const available = item?.available ?? 0;
    if (available < requested) return { variantId, requested, available };
  }
  return undefined;
}

/** How an item's part of a reservation moves; undefined if nothing is there to move. */
type MoveOf = (item: StockItem) => Exclude<Movement['kind'], 'adjusted'> | undefined;

/** Takes the reservation's step at each of its items that has not taken it, and returns it at rest. */
function settle(reservation: Reservation, warehouse: Warehouse): AnsweredReservation {
  const { orderId, lines, expiresAt } = reservation;
  const each = (step: OrderStep['step'], moveOf: MoveOf): void => {
    for (const { variantId, quantity } of lines) {
      const place = warehouse.get(variantId);
      if (!place || stepOf(place.item, orderId) === step) continue;
      const kind = moveOf(place.item);
      if (kind) {
        const movement = { kind, orderId, quantity };
        place.movements.push(movement);
        place.item = { ...place.item, ...moved(place.item, movement) };
      }
      place.item = withStep(place.item, orderId, step);
    }
  };
  const atRest = (
    state: ReservationState & Pick<Partial<Reservation>, 'commitAnswer'>,
    answer: ReservationAnswer,
  ): AnsweredReservation => ({ reservation: inState(reservation, state), answer });

  switch (reservation.state) {
    case 'reserving':
      each('held', () => 'held');
      return atRest({ state: 'reserved' }, { kind: 'reserved', expiresAt });
    case 'releasing':
      each('released', () => 'released');
      return atRest({ state: 'released' }, { kind: 'released' });
    case 'expiring':
      each('released', () => 'released');
      return atRest({ state: 'expired' }, { kind: 'expired' });
    case 'committing':
      each('committed', () => 'committed');
      return atRest({ state: 'committed', commitAnswer: 'COMMITTED' }, { kind: 'committed' });
    case 'recalling':
      // An item forgets no step before the reservation is at rest: without a step it still holds.
      each('released', (item) => (stepOf(item, orderId) === 'committed' ? 'restocked' : 'released'));
      return atRest({ state: 'released' }, { kind: 'released' });
    case 'restocking':
      each('released', () => 'restocked');
      return atRest({ state: 'released' }, { kind: 'released' });
    case 'undoing':
      // Also noted where nothing is held: it bars the way for one who still believes in the reservation.
      each('released', (item) => (stepOf(item, orderId) === 'held' ? 'released' : undefined));
      if (reservation.outcome !== 'refused') {
        return atRest({ state: reservation.outcome }, { kind: reservation.outcome });
      }
      return atRest(
        { state: 'refused', shortage: reservation.shortage },
        { kind: 'refused', shortage: reservation.shortage },
      );
    case 'reserved':
    case 'refused':
    case 'released':
    case 'expired':
    case 'committed':
    case 'unknown':
      return { reservation };
  }
}
