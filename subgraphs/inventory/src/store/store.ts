import type { Db } from 'mongodb';
import { type AdjustmentStore, createAdjustmentStore } from './adjustments.js';
import { type ReservationStore, createReservationStore } from './reservations.js';
import { type StockItemStore, createStockItemStore } from './stock-items.js';

/** All that inventory keeps. */
export interface InventoryStore {
  readonly items: StockItemStore;
  readonly reservations: ReservationStore;
  readonly adjustments: AdjustmentStore;
}

export const createStore = (database: Db): InventoryStore => ({
  items: createStockItemStore(database),
  reservations: createReservationStore(database),
  adjustments: createAdjustmentStore(database),
});
