import type { DomainEvent } from '@souk/kit/events';
import { isDuplicateKey, pendingPush } from '@souk/kit/mongo';
import type { AnyBulkWriteOperation, Db } from 'mongodb';
import type { Reservation, ReservationState } from '../domain/reservation.js';
import { type ReservationDocument, reservationsOf } from './collections.js';

/** A reservation in its new state: it is written only where the version before is the stored one. */
export interface ReservationChange {
  readonly reservation: Reservation;
  /** The answer, if this ends a command. */
  readonly event?: DomainEvent;
}

/** Reads and writes of `order_reservations`. */
export interface ReservationStore {
  find(orderIds: readonly string[]): Promise<Reservation[]>;
  /** @returns whether none of them existed */
  insert(reservations: readonly Reservation[], now: Date): Promise<boolean>;
  /** @returns whether all were still at the version before */
  update(changes: readonly ReservationChange[], now: Date): Promise<boolean>;
}

export function createReservationStore(database: Db): ReservationStore {
  const collection = reservationsOf(database);
  return {
    async find(orderIds) {
      const documents = await collection
        .find({ _id: { $in: [...orderIds] } }, { projection: { pending: 0 } })
        .toArray();
      return documents.map(fromDocument);
    },
    async insert(reservations, now) {
      if (reservations.length === 0) return true;
      try {
        await collection.insertMany(
          reservations.map((reservation) => toDocument(reservation, now)),
          { ordered: false },
        );
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async update(changes, now) {
      if (changes.length === 0) return true;
      const result = await collection.bulkWrite(
        changes.map((change) => toUpdate(change, now)),
        { ordered: false },
      );
      return result.matchedCount === changes.length;
    },
  };
}

const stateOf = (reservation: Reservation): Pick<ReservationDocument, 'state' | 'outcome' | 'shortage'> => ({
  state: reservation.state,
  ...('outcome' in reservation ? { outcome: reservation.outcome } : {}),
  ...('shortage' in reservation ? { shortage: reservation.shortage } : {}),
});

const toDocument = (reservation: Reservation, now: Date): ReservationDocument => ({
  _id: reservation.orderId,
  ...stateOf(reservation),
  lines: [...reservation.lines],
  version: reservation.version,
  correlationId: reservation.correlationId,
  updatedAt: now,
});

function fromDocument(document: ReservationDocument): Reservation {
  const { _id: orderId, lines, version, correlationId, state, outcome, shortage } = document;
  // Only ever written by `stateOf`, which takes the three fields from one ReservationState.
  const stored = { state, ...(outcome && { outcome }), ...(shortage && { shortage }) } as ReservationState;
  return { orderId, lines, version, correlationId, ...stored };
}

function toUpdate(
  { reservation, event }: ReservationChange,
  now: Date,
): AnyBulkWriteOperation<ReservationDocument> {
  const { orderId, version } = reservation;
  const set = { ...stateOf(reservation), version, updatedAt: now };
  return {
    updateOne: {
      filter: { _id: orderId, version: version - 1 },
      update: event ? { $set: { ...set, unrelayed: true }, $push: pendingPush([event]) } : { $set: set },
    },
  };
}
