import type { Connection } from '@souk/kit/graphql';
import type { Stock } from '../domain/stock.js';
import type { Holder } from '../store/holders.js';
import type { StockRow } from '../store/stock-items.js';

/** A variant as inventory knows it: by its id. */
export interface VariantModel {
  readonly id: string;
  /** Its units at the instant that is told of; undefined: as they are now. */
  readonly stock?: Stock;
}

/** An order as inventory knows it: by its id. */
export interface OrderModel {
  readonly id: string;
}

/** A row of the staff's table. */
export type StockItemModel = StockRow;

/** What an order holds of a row's units. */
export type StockReservationModel = Holder;

/** A page of the table, with the filter that its total is counted by. */
export interface StockItemConnectionModel extends Connection<StockRow> {
  readonly maxAvailable: number | undefined;
}
