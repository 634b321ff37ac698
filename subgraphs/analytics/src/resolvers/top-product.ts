import type { TopProductResolvers } from '../__generated__/resolvers-types.js';

export const TopProduct: TopProductResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  revenue: ({ amountMinor, currency }) => ({ amountMinor, currency }),
};
