import type { Connection } from '@souk/kit/graphql';
import type { StockRow } from '../store/stock-items.js';

/** A variant as inventory knows it: by its id. */
export interface VariantModel {
  readonly id: string;
}

/** A row of the staff's table. */
export type StockItemModel = StockRow;

/** A page of the table, with the filter that its total is counted by. */
export interface StockItemConnectionModel extends Connection<StockRow> {
  readonly maxAvailable: number | undefined;
}
