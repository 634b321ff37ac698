import type { MoneyFieldsFragment } from '@/__generated__/graphql.js';

/** What is paid, part by part. */
export interface Amounts {
  readonly subtotal: MoneyFieldsFragment;
  readonly shipping: MoneyFieldsFragment | undefined;
  readonly total: MoneyFieldsFragment | undefined;
}

/**
 * Without a price of sending there is no total: a sum without it would be less than what is charged.
 *
 * @example amountsOf(cart.subtotal, option?.price).total
 */
export const amountsOf = (
  subtotal: MoneyFieldsFragment,
  shipping: MoneyFieldsFragment | undefined,
): Amounts => ({
  subtotal,
  shipping,
  total: shipping && { ...subtotal, amountMinor: subtotal.amountMinor + shipping.amountMinor },
});
