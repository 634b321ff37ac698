import type { Money } from './order.js';

/** Present prices, as the catalogue's owner gives them. */
export interface Catalogue {
  /**
   * Prices by variant id; a variant that is unknown or hidden from shoppers is missing.
   *
   * @throws AppError UNAVAILABLE if the catalogue cannot be asked.
   */
  quote(variantIds: readonly string[]): Promise<ReadonlyMap<string, Money>>;
}
