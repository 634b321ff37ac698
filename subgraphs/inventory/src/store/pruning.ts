import type { Pruning } from '@souk/kit/lifecycle';
import type { Collection, Db, Filter } from 'mongodb';
import { type ReservationDocument, adjustmentsOf, reservationsOf } from './collections.js';

/** How long is remembered what became of an order that holds nothing, and of an idempotency key, in milliseconds. */
const KEPT_MS = 90 * 24 * 3_600_000;

/** What holds no unit and never will. Committed ones stay: their units may come back with a return. */
const OVER: readonly ReservationDocument['state'][] = ['released', 'refused', 'expired', 'unknown'];

const before = (clock: () => Date): Date => new Date(clock().getTime() - KEPT_MS);

/** Removes at most `limit` documents that match, and still match when they are removed. */
async function remove<Document extends { readonly _id: string }>(
  collection: Collection<Document>,
  filter: Filter<Document>,
  limit: number,
): Promise<number> {
  const found = await collection
    .find(filter, { projection: { _id: 1 } })
    .limit(limit)
    .toArray();
  if (found.length === 0) return 0;
  // An id and a filter are a filter, which the type of a generic document cannot say.
  const same = { $and: [{ _id: { $in: found.map(({ _id }) => _id) } }, filter] } as Filter<Document>;
  const { deletedCount } = await collection.deleteMany(same);
  // Some may have changed meanwhile; there may be more all the same.
  return deletedCount === 0 ? 0 : found.length;
}

/**
 * Removes reservations that are over. A command about such an order that comes again, three months later, is told by its
 * position in the log (docs/adr/0154).
 */
export const reservationPruning = (database: Db, clock: () => Date): Pruning => ({
  name: 'reservations',
  prune: (limit) =>
    remove(
      reservationsOf(database),
      { state: { $in: [...OVER] }, updatedAt: { $lt: before(clock) }, unrelayed: { $exists: false } },
      limit,
    ),
});

/** Removes idempotency keys of adjustments: from then on a key may be used again. */
export const adjustmentPruning = (database: Db, clock: () => Date): Pruning => ({
  name: 'idempotency keys of adjustments',
  prune: (limit) =>
    remove(adjustmentsOf(database), { createdAt: { $lt: before(clock) }, outcome: { $exists: true } }, limit),
});
