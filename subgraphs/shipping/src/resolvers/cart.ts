import type { CartResolvers, CartShippingOptionsArgs } from '../__generated__/resolvers-types.js';
import { checkCountry } from './check-enquiry.js';
import type { Context } from './context.js';
import type { CartModel, ShippingOptionModel } from './models.js';
import { whileUp } from './while-up.js';

export const Cart: CartResolvers = {
  /** Shipping knows no carts: all it needs of one comes with the reference, from those who own it. */
  __resolveReference: (cart) => cart,
  shippingOptions: whileUp((cart: CartModel, { country }: CartShippingOptionsArgs, context) =>
    optionsFor(cart, checkCountry(country), context),
  ),
  homeShippingOptions: whileUp((cart: CartModel, _args, context) => {
    const home = cart.customer?.addresses[0];
    return home ? optionsFor(cart, home.country, context) : null;
  }),
};

/** What a variant is taken to weigh that the catalogue does not know any more. */
const UNKNOWN_GRAMS = 500;

function optionsFor(
  { lines = [], subtotal }: CartModel,
  country: string,
  { offersFor }: Context,
): readonly ShippingOptionModel[] {
  const weightGrams = lines.reduce(
    (sum, { quantity, variant }) => sum + quantity * (variant?.weightGrams ?? UNKNOWN_GRAMS),
    0,
  );
  return offersFor({ country, weightGrams, goodsMinor: subtotal?.amountMinor ?? 0 });
}
