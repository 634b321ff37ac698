import type { ProductVariantResolvers } from '../__generated__/resolvers-types.js';
import { NO_STOCK } from '../domain/stock.js';

export const ProductVariant: ProductVariantResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  stock: async (variant, _args, { stock }) => variant.stock ?? (await stock.load(variant.id)) ?? NO_STOCK,
};
