import type { Currency, HistoryLine } from '../domain/order-history.js';

/** A line of a snapshot with the currency of its order. */
export interface SnapshotLineModel extends HistoryLine {
  readonly currency: Currency | null;
}
