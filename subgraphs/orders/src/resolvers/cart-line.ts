import type { CartLineResolvers } from '../__generated__/resolvers-types.js';

export const CartLine: CartLineResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  total: ({ quantity, unitPrice }) => ({ ...unitPrice, amountMinor: quantity * unitPrice.amountMinor }),
};
