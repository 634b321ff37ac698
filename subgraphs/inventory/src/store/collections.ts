import { type PendingEvents, ensureIndexes, prepareEvents } from '@souk/kit/mongo';
import type { Collection, Db } from 'mongodb';
import type { Reservation, ReservationLine, Shortage } from '../domain/reservation.js';
import type { AdjustmentOutcome, AdjustmentStep, OrderStep } from '../domain/stock-item.js';

/** One a variant. */
export interface StockItemDocument extends PendingEvents {
  readonly _id: string;
  readonly onHand: number;
  readonly available: number;
  readonly reserved: number;
  readonly version: number;
  readonly steps: OrderStep[];
  readonly adjustments: AdjustmentStep[];
  readonly updatedAt: Date;
}

/** One an order. */
export interface ReservationDocument extends PendingEvents {
  readonly _id: string;
  readonly state: Reservation['state'];
  readonly outcome?: 'released' | 'expired' | 'refused';
  readonly shortage?: Shortage;
  readonly lines: ReservationLine[];
  readonly version: number;
  readonly correlationId: string;
  /** Absent for one that never expires. */
  readonly expiresAt?: Date;
  /** `expiresAt`, while units may be held: indexed, so that the clock finds what is due. */
  readonly dueAt?: Date;
  readonly commitAnswer?: NonNullable<Reservation['commitAnswer']>;
  /** When `state` began. */
  readonly updatedAt: Date;
}

/** One an idempotency key of `adjustStock`. */
export interface AdjustmentDocument {
  readonly _id: string;
  readonly fingerprint: string;
  readonly outcome?: AdjustmentOutcome;
  readonly createdAt: Date;
}

export const CARRIERS = ['stock_items', 'order_reservations'] as const;

export const stockItemsOf = (database: Db): Collection<StockItemDocument> =>
  database.collection('stock_items');
export const reservationsOf = (database: Db): Collection<ReservationDocument> =>
  database.collection('order_reservations');
export const adjustmentsOf = (database: Db): Collection<AdjustmentDocument> =>
  database.collection('adjustments');

/** Creates what the collections need; idempotent. */
export async function prepareCollections(database: Db): Promise<void> {
  await prepareEvents(database, CARRIERS);
  await ensureIndexes(database, {
    stock_items: [{ key: { available: 1, _id: 1 }, name: 'available' }],
    adjustments: [{ key: { createdAt: 1 }, name: 'age' }],
    order_reservations: [
      { key: { dueAt: 1 }, name: 'due', sparse: true },
      { key: { state: 1, updatedAt: 1 }, name: 'over' },
      { key: { 'lines.variantId': 1, state: 1, updatedAt: 1 }, name: 'holders' },
    ],
  });
}
