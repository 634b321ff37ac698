import { type Reservation, type Shortage, inState } from './reservation.js';
import { type Stock, commit, hold, release } from './stock.js';
import { type StockItem, stepOf, withStep } from './stock-item.js';

/** What is to be written, in this order; a crash between any two writes is mended by advancing again. */
export interface Advance {
  /** Reservations found impossible: this must be known before anything is given back. */
  readonly undone: readonly Reservation[];
  /** Items that change, with the version they were read at. */
  readonly items: readonly StockItem[];
  /** Reservations at rest once the items are written. */
  readonly finished: readonly Reservation[];
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
  const warehouse = new Map(items.map((item) => [item.variantId, item]));
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
    return now && now !== item ? [now] : [];
  });
  return { undone, items: changed, finished };
}

function shortageOf(
  reservation: Reservation,
  warehouse: ReadonlyMap<string, StockItem>,
): Shortage | undefined {
  for (const { variantId, quantity: requested } of reservation.lines) {
    const item = warehouse.get(variantId);
    if (item && stepOf(item, reservation.orderId) === 'held') continue;
    const available = item?.available ?? 0;
    if (available < requested) return { variantId, requested, available };
  }
  return undefined;
}

/** Takes the reservation's step at each of its items that has not taken it, and returns it at rest. */
function settle(reservation: Reservation, warehouse: Map<string, StockItem>): Reservation {
  const { orderId, lines } = reservation;
  const each = (
    step: 'held' | 'released' | 'committed',
    move: (item: StockItem, quantity: number) => Stock,
  ): void => {
    for (const { variantId, quantity } of lines) {
      const item = warehouse.get(variantId);
      if (!item || stepOf(item, orderId) === step) continue;
      warehouse.set(variantId, withStep({ ...item, ...move(item, quantity) }, orderId, step));
    }
  };
  switch (reservation.state) {
    case 'reserving':
      each('held', hold);
      return inState(reservation, { state: 'reserved' });
    case 'releasing':
      each('released', release);
      return inState(reservation, { state: 'released' });
    case 'committing':
      each('committed', commit);
      return inState(reservation, { state: 'committed' });
    case 'undoing':
      // Also noted where nothing is held: it bars the way for one who still believes in the reservation.
      each('released', (item, quantity) =>
        stepOf(item, orderId) === 'held' ? release(item, quantity) : item,
      );
      return reservation.outcome === 'released'
        ? inState(reservation, { state: 'released' })
        : inState(reservation, { state: 'refused', shortage: reservation.shortage });
    case 'reserved':
    case 'refused':
    case 'released':
    case 'committed':
      return reservation;
  }
}
