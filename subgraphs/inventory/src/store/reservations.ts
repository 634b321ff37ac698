import type { DomainEvent } from '@souk/kit/events';
import { isDuplicateKey, pendingPush } from '@souk/kit/mongo';
import type { AnyBulkWriteOperation, Db } from 'mongodb';
import { type Reservation, type ReservationState, isOpen } from '../domain/reservation.js';
import { type ReservationDocument, reservationsOf } from './collections.js';
import { type HolderStore, createHolderStore } from './holders.js';

/** A reservation in its new state: it is written only where the version before is the stored one. */
export interface ReservationChange {
  readonly reservation: Reservation;
  /** What is told with it. */
  readonly event?: DomainEvent;
}

/** Reads and writes of `order_reservations`. */
export interface ReservationStore extends HolderStore {
  find(orderIds: readonly string[]): Promise<Reservation[]>;
  /** @returns whether none of them existed */
  insert(changes: readonly ReservationChange[], now: Date): Promise<boolean>;
  /** @returns whether all were still at the version before */
  update(changes: readonly ReservationChange[], now: Date): Promise<boolean>;
  /** Those that may hold units although their time is over, the oldest first. */
  findDue(now: Date, limit: number): Promise<Pick<Reservation, 'orderId' | 'correlationId'>[]>;
}

export function createReservationStore(database: Db): ReservationStore {
  const collection = reservationsOf(database);
  return {
    ...createHolderStore(collection),
    async find(orderIds) {
      const documents = await collection
        .find({ _id: { $in: [...orderIds] } }, { projection: { pending: 0 } })
        .toArray();
      return documents.map(fromDocument);
    },
    async insert(changes, now) {
      if (changes.length === 0) return true;
      try {
        await collection.insertMany(
          changes.map((change) => toDocument(change, now)),
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
    async findDue(now, limit) {
      const documents = await collection
        .find({ dueAt: { $lte: now } }, { projection: { correlationId: 1 } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, correlationId }) => ({ orderId: _id, correlationId }));
    },
  };
}

const stateOf = (reservation: Reservation) => ({
  state: reservation.state,
  ...('outcome' in reservation ? { outcome: reservation.outcome } : {}),
  ...('shortage' in reservation ? { shortage: reservation.shortage } : {}),
  ...(reservation.commitAnswer ? { commitAnswer: reservation.commitAnswer } : {}),
});

const dueAtOf = (reservation: Reservation): Date | null =>
  isOpen(reservation) ? reservation.expiresAt : null;

function toDocument({ reservation, event }: ReservationChange, now: Date): ReservationDocument {
  const dueAt = dueAtOf(reservation);
  return {
    _id: reservation.orderId,
    ...stateOf(reservation),
    lines: [...reservation.lines],
    version: reservation.version,
    correlationId: reservation.correlationId,
    ...(reservation.expiresAt ? { expiresAt: reservation.expiresAt } : {}),
    ...(dueAt ? { dueAt } : {}),
    updatedAt: now,
    ...(event ? { pending: [event], unrelayed: true } : {}),
  };
}

export function fromDocument(document: Omit<ReservationDocument, 'pending'>): Reservation {
  const { _id: orderId, lines, version, correlationId, expiresAt = null } = document;
  // Documents from before commits were answered once have no answer.
  const commitAnswer = document.commitAnswer ?? (document.state === 'committed' ? 'COMMITTED' : null);
  return { orderId, lines, version, correlationId, expiresAt, commitAnswer, ...stateIn(document) };
}

/** A document keeps the outcome and shortage of a state before. */
function stateIn({ state, outcome, shortage }: Omit<ReservationDocument, 'pending'>): ReservationState {
  // Only ever written by `stateOf`, which takes the three fields from one ReservationState.
  if (state === 'undoing')
    return (outcome === 'refused' ? { state, outcome, shortage } : { state, outcome }) as ReservationState;
  return (state === 'refused' ? { state, shortage } : { state }) as ReservationState;
}

function toUpdate(
  { reservation, event }: ReservationChange,
  now: Date,
): AnyBulkWriteOperation<ReservationDocument> {
  const { orderId, version } = reservation;
  const dueAt = dueAtOf(reservation);
  const set = { ...stateOf(reservation), version, updatedAt: now, ...(dueAt ? { dueAt } : {}) };
  return {
    updateOne: {
      filter: { _id: orderId, version: version - 1 },
      update: {
        $set: event ? { ...set, unrelayed: true } : set,
        ...(dueAt ? {} : { $unset: { dueAt: '' } }),
        ...(event ? { $push: pendingPush([event]) } : {}),
      },
    },
  };
}
