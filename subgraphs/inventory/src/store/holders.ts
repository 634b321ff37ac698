import type { Collection } from 'mongodb';
import type { ReservationDocument } from './collections.js';

/** What an order has of a variant's reserved units. */
export interface Holder {
  readonly variantId: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly state: ReservationDocument['state'];
  /** When `state` began. */
  readonly since: Date;
  readonly expiresAt: Date | null;
}

/** Who holds what. */
export interface HolderStore {
  /** The orders that hold units of these variants, those that have held longest first; at most {@link MOST_HOLDERS}. */
  holdersOf(variantIds: readonly string[]): Promise<Holder[]>;
}

/** Most reservations that one question looks at. */
export const MOST_HOLDERS = 1_000;

/** `restocking` is not among them: all its units have left `reserved`. */
const HOLDING: readonly ReservationDocument['state'][] = [
  'reserving',
  'reserved',
  'undoing',
  'releasing',
  'expiring',
  'committing',
  'recalling',
];

export const createHolderStore = (collection: Collection<ReservationDocument>): HolderStore => ({
  async holdersOf(variantIds) {
    const documents = await collection
      .find(
        { 'lines.variantId': { $in: [...variantIds] }, state: { $in: [...HOLDING] } },
        { projection: { lines: 1, state: 1, updatedAt: 1, expiresAt: 1 } },
      )
      .sort({ updatedAt: 1 })
      .limit(MOST_HOLDERS)
      .toArray();
    const wanted = new Set(variantIds);
    return documents.flatMap(({ _id: orderId, lines, state, updatedAt: since, expiresAt = null }) =>
      lines
        .filter(({ variantId }) => wanted.has(variantId))
        .map(({ variantId, quantity }) => ({ variantId, orderId, quantity, state, since, expiresAt })),
    );
  },
});
