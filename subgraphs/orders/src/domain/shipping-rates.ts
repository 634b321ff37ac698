import type { CartLine } from './cart.js';
import type { Money } from './order.js';

/** A way in which a cart can be sent, and what that costs. */
export interface ShippingOffer {
  readonly optionId: string;
  readonly price: Money;
}

/** What is to be sent, and whereto. */
export interface Consignment {
  readonly cartId: string;
  readonly lines: readonly Pick<CartLine, 'quantity' | 'weightGrams'>[];
  readonly subtotal: Money;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What sending costs, as shipping says it now. */
export interface ShippingRates {
  /**
   * Every way of sending it whose price is in the currency of the goods, cheapest first; empty if there is none.
   *
   * @throws AppError UNAVAILABLE if shipping cannot be asked.
   */
  offersFor(consignment: Consignment): Promise<readonly ShippingOffer[]>;
}

/**
 * The offer that was chosen, or the cheapest one if none was; undefined if it is not offered (any more), or nothing is.
 *
 * @param offers cheapest first
 */
export const chosenOffer = (
  offers: readonly ShippingOffer[],
  optionId: string | null,
): ShippingOffer | undefined =>
  optionId === null ? offers[0] : offers.find((offer) => offer.optionId === optionId);
