import type { Money } from './order.js';

/** What the catalogue says of a variant that can be bought. */
export interface Quote {
  readonly unitPrice: Money;
  /** In its packaging. */
  readonly weightGrams: number;
}

/** Present prices and weights, as the catalogue's owner gives them. */
export interface Catalogue {
  /**
   * Quotes by variant id; a variant that is unknown or hidden from shoppers is missing.
   *
   * @throws AppError UNAVAILABLE if the catalogue cannot be asked.
   */
  quote(variantIds: readonly string[]): Promise<ReadonlyMap<string, Quote>>;
}
