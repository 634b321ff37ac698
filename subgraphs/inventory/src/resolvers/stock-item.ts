import type { StockItemResolvers } from '../__generated__/resolvers-types.js';

export const StockItem: StockItemResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  stock: (row) => row,
};
