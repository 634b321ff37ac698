import {
  type AnsweredReservation,
  type CommitRefusal,
  type Reservation,
  type ReservationState,
  inState,
} from './reservation.js';
import { type StockCommand, mergedLines } from './stock-command.js';

/** What a command is judged by beside the reservation. */
export interface Instants {
  readonly now: Date;
  /** Until when a reservation that begins now is kept; null for ever. */
  readonly keepUntil: Date | null;
}

/**
 * What a command makes of an order's reservation, before any item is touched. A command that comes again, or too
 * late, changes nothing: then `reservation` is `current` itself. What needs no item is answered at once.
 *
 * @param current undefined for an order that was never heard of
 * @throws Error for an expiry of an unknown order: only what is stored expires
 */
export function receive(
  command: StockCommand,
  current: Reservation | undefined,
  instants: Instants,
): AnsweredReservation {
  switch (command.kind) {
    case 'reserve':
      if (current) return { reservation: current };
      return {
        reservation: {
          ...begun(command, { state: 'reserving' }),
          lines: mergedLines(command.lines),
          expiresAt: instants.keepUntil,
        },
      };
    case 'release':
      return releasing(command, current);
    case 'commit':
      return committing(command, current);
    case 'expire':
      if (!current) throw new Error(`Order ${command.orderId} has no reservation that could expire.`);
      return { reservation: expiring(current, instants.now) };
  }
}

const begun = ({ orderId, correlationId }: StockCommand, state: ReservationState): Reservation => ({
  orderId,
  correlationId,
  lines: [],
  version: 1,
  expiresAt: null,
  commitAnswer: null,
  ...state,
});

function releasing(command: StockCommand, current: Reservation | undefined): AnsweredReservation {
  // The tombstone of an order whose release overtook its reserve: the late reserve will find it.
  if (!current) return { reservation: begun(command, { state: 'released' }), answer: { kind: 'released' } };
  switch (current.state) {
    case 'reserved':
    case 'expiring':
      return { reservation: inState(current, { state: 'releasing' }) };
    case 'reserving':
      return { reservation: inState(current, { state: 'undoing', outcome: 'released' }) };
    case 'undoing':
      if (current.outcome === 'released') return { reservation: current };
      return { reservation: inState(current, { state: 'undoing', outcome: 'released' }) };
    case 'committing':
      return { reservation: inState(current, { state: 'recalling' }) };
    case 'committed':
      return { reservation: inState(current, { state: 'restocking' }) };
    case 'refused':
    case 'expired':
    case 'unknown':
      return { reservation: inState(current, { state: 'released' }), answer: { kind: 'released' } };
    case 'releasing':
    case 'recalling':
    case 'restocking':
    case 'released':
      return { reservation: current };
  }
}

function committing(command: StockCommand, current: Reservation | undefined): AnsweredReservation {
  const refused = (reservation: Reservation, reason: CommitRefusal): AnsweredReservation => ({
    reservation: { ...reservation, commitAnswer: reason },
    answer: { kind: 'commit-refused', reason },
  });
  if (!current) return refused(begun(command, { state: 'unknown' }), 'UNKNOWN');
  if (current.commitAnswer !== null || current.state === 'committing') return { reservation: current };
  if (current.state === 'reserved') return { reservation: inState(current, { state: 'committing' }) };
  return refused({ ...current, version: current.version + 1 }, refusalOf(current));
}

/** Why a reservation that is neither held nor committed cannot be committed. */
function refusalOf(reservation: Reservation): CommitRefusal {
  switch (reservation.state) {
    case 'expiring':
    case 'expired':
      return 'EXPIRED';
    case 'releasing':
    case 'recalling':
    case 'restocking':
    case 'released':
      return 'RELEASED';
    case 'undoing':
      if (reservation.outcome === 'refused') return 'UNKNOWN';
      return reservation.outcome === 'expired' ? 'EXPIRED' : 'RELEASED';
    case 'reserving':
    case 'reserved':
    case 'refused':
    case 'committing':
    case 'committed':
    case 'unknown':
      return 'UNKNOWN';
  }
}

/** A reservation whose time is over is let go; one that somebody left half way is brought to its end as it was meant. */
function expiring(current: Reservation, now: Date): Reservation {
  if (current.expiresAt === null || current.expiresAt > now) return current;
  if (current.state === 'reserved') return inState(current, { state: 'expiring' });
  if (current.state === 'reserving') return inState(current, { state: 'undoing', outcome: 'expired' });
  return current;
}
