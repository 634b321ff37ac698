/** Units of one variant that an order wants. */
export interface ReservationLine {
  readonly variantId: string;
  readonly quantity: number;
}

/** The first line that could not be met. */
export interface Shortage {
  readonly variantId: string;
  readonly requested: number;
  readonly available: number;
}

/**
 * Where an order's reservation stands. The steps that touch several items have a state of their own, written before
 * the first item is touched: whoever comes after a crash knows what was meant and goes on.
 *
 * - `reserving`: units are being held, item by item
 * - `reserved`: all are held
 * - `undoing`: what was held on the way is given back; then it is refused or released
 * - `releasing`: all that is held is given back
 * - `committing`: all that is held leaves the warehouse
 */
export type ReservationState =
  | { readonly state: 'reserving' | 'reserved' | 'releasing' | 'released' | 'committing' | 'committed' }
  | { readonly state: 'undoing'; readonly outcome: 'released' }
  | { readonly state: 'undoing'; readonly outcome: 'refused'; readonly shortage: Shortage }
  | { readonly state: 'refused'; readonly shortage: Shortage };

/** An order's reservation over all its variants. */
export type Reservation = ReservationState & {
  readonly orderId: string;
  /** By variant id, each variant once. Empty for a release that came before the order was known. */
  readonly lines: readonly ReservationLine[];
  /** Grows with every write. */
  readonly version: number;
  /** Joins what one client request set in motion. */
  readonly correlationId: string;
};

const UNDER_WAY: ReadonlySet<Reservation['state']> = new Set([
  'reserving',
  'undoing',
  'releasing',
  'committing',
]);

/** True while items are still to be touched for it. */
export const isUnderWay = (reservation: Reservation): boolean => UNDER_WAY.has(reservation.state);

/** The same reservation in its next state. */
export const inState = (reservation: Reservation, next: ReservationState): Reservation => ({
  orderId: reservation.orderId,
  lines: reservation.lines,
  correlationId: reservation.correlationId,
  version: reservation.version + 1,
  ...next,
});
