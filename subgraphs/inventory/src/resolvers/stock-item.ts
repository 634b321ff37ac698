import { pageRequest } from '@souk/kit/graphql';
import type { StockItemResolvers } from '../__generated__/resolvers-types.js';

export const StockItem: StockItemResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  stock: (row) => row,
  async reservations({ variantId }, args, { holders }) {
    const { limit } = pageRequest(args, { first: 20 });
    return (await holders.load(variantId)).slice(0, limit);
  },
};
