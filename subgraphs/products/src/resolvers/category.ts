import { ART_VERSION } from '@souk/demo-data/art';
import type { CategoryResolvers } from '../__generated__/resolvers-types.js';

export const Category: CategoryResolvers = {
  __resolveReference: async ({ slug }, { loaders }) => (await loaders.categories()).get(slug) ?? null,
  imageUrl: ({ slug }) => `/img/c/${encodeURIComponent(slug)}.svg?v=${ART_VERSION}`,
  parent: async ({ parentSlug }, _args, { loaders }) =>
    parentSlug === null ? null : ((await loaders.categories()).get(parentSlug) ?? null),
  children: async ({ slug }, _args, { loaders }) => (await loaders.categories()).childrenOf(slug),
  productCount: ({ slug }, _args, { index }) => index().countIn(slug),
};
