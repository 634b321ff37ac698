import type { StockErrorResolvers } from '../__generated__/resolvers-types.js';

export const StockError: StockErrorResolvers = {
  __resolveType({ code }) {
    if (code === 'INSUFFICIENT_STOCK') return 'InsufficientStockError';
    return code === 'IDEMPOTENCY_CONFLICT' ? 'StockIdempotencyConflictError' : 'InvalidStockInputError';
  },
};
