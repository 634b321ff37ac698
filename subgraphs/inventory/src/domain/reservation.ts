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

/** Why nothing is left to commit. */
export type CommitRefusal = 'EXPIRED' | 'RELEASED' | 'UNKNOWN';

/**
 * Where an order's reservation stands. The steps that touch several items have a state of their own, written before
 * the first item is touched: whoever comes after a crash knows what was meant and goes on.
 *
 * - `reserving`: units are being held, item by item
 * - `reserved`: all are held
 * - `undoing`: what was held on the way is given back; then it is refused, released or expired
 * - `releasing`, `expiring`: all that is held is given back
 * - `committing`: all that is held leaves the warehouse
 * - `recalling`: a commit is called off half way: what is held is given back, what has left comes back
 * - `restocking`: all has left, and all comes back
 * - `unknown`: a commit was asked for and there is nothing to commit; a late reserve finds this and holds nothing
 */
export type ReservationState =
  | {
      readonly state:
        | 'reserving'
        | 'reserved'
        | 'releasing'
        | 'released'
        | 'expiring'
        | 'expired'
        | 'committing'
        | 'committed'
        | 'recalling'
        | 'restocking'
        | 'unknown';
    }
  | { readonly state: 'undoing'; readonly outcome: 'released' | 'expired' }
  | { readonly state: 'undoing'; readonly outcome: 'refused'; readonly shortage: Shortage }
  | { readonly state: 'refused'; readonly shortage: Shortage };

/** An order's reservation over all its variants. */
export type Reservation = ReservationState & {
  readonly orderId: string;
  /** By variant id, each variant once. Empty for an order that was released before it was known. */
  readonly lines: readonly ReservationLine[];
  /** Grows with every write. */
  readonly version: number;
  /** Joins what one client request set in motion. */
  readonly correlationId: string;
  /** When it is let go unless it is committed or released before; null for never. */
  readonly expiresAt: Date | null;
  /** How the order's commit was answered: once. Null while it was not. */
  readonly commitAnswer: 'COMMITTED' | CommitRefusal | null;
};

/** What the order service is told. Each command that changes something is answered once. */
export type ReservationAnswer =
  | { readonly kind: 'reserved'; readonly expiresAt: Date | null }
  | { readonly kind: 'refused'; readonly shortage: Shortage }
  | { readonly kind: 'released' | 'expired' | 'committed' }
  | { readonly kind: 'commit-refused'; readonly reason: CommitRefusal };

/** A reservation in its next state, with what is told when it is written. */
export interface AnsweredReservation {
  readonly reservation: Reservation;
  readonly answer?: ReservationAnswer;
}

const AT_REST: ReadonlySet<Reservation['state']> = new Set([
  'reserved',
  'refused',
  'released',
  'expired',
  'committed',
  'unknown',
]);

/** True while items are still to be touched for it. */
export const isUnderWay = ({ state }: Pick<Reservation, 'state'>): boolean => !AT_REST.has(state);

/** True while units may be held for it: left alone it must end some day. */
export const isOpen = (reservation: Pick<Reservation, 'state'>): boolean =>
  reservation.state === 'reserved' || isUnderWay(reservation);

/** The same reservation in its next state. */
export const inState = (
  { orderId, lines, correlationId, version, expiresAt, commitAnswer }: Reservation,
  next: ReservationState & Pick<Partial<Reservation>, 'commitAnswer'>,
): Reservation => ({ orderId, lines, correlationId, version: version + 1, expiresAt, commitAnswer, ...next });
