import type { ProductVariantResolvers } from '../__generated__/resolvers-types.js';
import { NO_STOCK } from '../domain/stock.js';

export const ProductVariant: ProductVariantResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  stock: async ({ id }, _args, { stock }) => (await stock.load(id)) ?? NO_STOCK,
};
