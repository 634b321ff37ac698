import type { ProductSearchConnectionResolvers } from '../__generated__/resolvers-types.js';

export const ProductSearchConnection: ProductSearchConnectionResolvers = {
  facets: ({ facets }) => facets(),
  didYouMean: ({ didYouMean }) => didYouMean(),
};
