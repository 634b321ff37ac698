import type { IndexDescription } from 'mongodb';
import { AppError } from '../errors/app-error.js';
import type { DomainEvent } from '../events/event.js';
import { checkPublished } from '../events/schema/registry.js';

/**
 * What a document carries for the relay. The events are written by the same update as the change they tell of,
 * which is all the atomicity a standalone MongoDB has.
 */
export interface PendingEvents {
  /** Events not in the log yet, oldest first. */
  pending?: DomainEvent[];
  /** Present exactly while there may be something in `pending`; indexed, so that the relay finds the document. */
  unrelayed?: true;
}

/** Most pending events of a document: beyond it the relay is down, and writes are refused until it is back. */
export const MAX_PENDING = 1_000;

/** The index every collection with pending events needs. */
export const pendingEventsIndex: IndexDescription = {
  key: { unrelayed: 1 },
  name: 'unrelayed',
  sparse: true,
};

/**
 * The parts of an update that leave events for the relay; spread them into the update's `$push` and `$set`.
 *
 * @throws Error for an event that is not as its owner described it with `defineEvents`
 * @example updateOne({ _id, ...roomForEvents(1) }, { $inc: { available: -2 }, $push: pendingPush([event]), $set: { unrelayed: true } })
 */
export function pendingPush(events: readonly DomainEvent[]): { pending: { $each: DomainEvent[] } } {
  checkPublished(events);
  return { pending: { $each: [...events] } };
}

/**
 * A condition for the update's filter: there is room for `count` more pending events. An update that matches
 * nothing for this reason must be told apart from one refused by its own guard: see {@link requireRoom}.
 */
export const roomForEvents = (count = 1): Record<string, { $exists: false }> => ({
  [`pending.${MAX_PENDING - count}`]: { $exists: false },
});

/**
 * Throws for a document that is full.
 * @throws AppError UNAVAILABLE, which is retryable
 */
export function requireRoom(document: PendingEvents | null, count = 1): void {
  if ((document?.pending?.length ?? 0) + count <= MAX_PENDING) return;
  throw new AppError('UNAVAILABLE', 'Too many changes are waiting to be published. Try again in a moment.');
}
