import type { StockItemConnectionResolvers } from '../__generated__/resolvers-types.js';

export const StockItemConnection: StockItemConnectionResolvers = {
  totalCount: ({ maxAvailable }, _args, { deps }) => deps.store.items.count(maxAvailable),
};
