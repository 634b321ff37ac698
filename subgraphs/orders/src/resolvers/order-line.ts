import type { OrderLineResolvers } from '../__generated__/resolvers-types.js';

export const OrderLine: OrderLineResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  unitPrice: ({ unitPriceMinor, currency }) => ({ amountMinor: unitPriceMinor, currency }),
  total: ({ unitPriceMinor, quantity, currency }) => ({ amountMinor: unitPriceMinor * quantity, currency }),
};
