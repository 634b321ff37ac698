import { requireRole } from '@souk/kit/auth';
import { AppError } from '@souk/kit/errors';
import { pageRequest } from '@souk/kit/graphql';
import type { QueryResolvers } from '../__generated__/resolvers-types.js';
import { findVariants } from './find-variants.js';
import { pageOfProducts } from './page.js';
import { visible } from './visibility.js';

const MOST_SUGGESTIONS = 20;
const DEFAULT_VARIANTS = 50;

export const Query: QueryResolvers = {
  products: (_parent, args, context) => pageOfProducts(args, 'FEATURED', context),

  search: (_parent, args, context) => pageOfProducts(args, 'RELEVANCE', context),

  async product(_parent, { slug, id }, { loaders, viewer }) {
    if (typeof slug === 'string' && typeof id === 'string') throw oneNameOnly();
    if (typeof slug === 'string') return visible(await loaders.productsBySlug.load(slug), viewer);
    if (typeof id === 'string') return visible(await loaders.products.load(id), viewer);
    throw oneNameOnly();
  },

  async categories(_parent, _args, { loaders }) {
    return (await loaders.categories()).departments;
  },

  async category(_parent, { slug }, { loaders }) {
    return (await loaders.categories()).get(slug) ?? null;
  },

  async predictiveSearch(_parent, args, { index, loaders }) {
    const first = args.first ?? 6;
    if (first < 1 || first > MOST_SUGGESTIONS) {
      throw new AppError('BAD_USER_INPUT', `"first" must be 1 to ${MOST_SUGGESTIONS}, not ${first}.`);
    }
    const { queries, productIds, categorySlugs } = index().suggest(args.query, first);
    const [products, tree] = await Promise.all([
      Promise.all(productIds.map((id) => loaders.products.load(id))),
      loaders.categories(),
    ]);
    return {
      queries,
      products: products.flatMap((product) => (product?.published === true ? [product] : [])),
      categories: categorySlugs.flatMap((slug) => tree.get(slug) ?? []),
    };
  },

  variants(_parent, args, context) {
    requireRole(context.viewer, 'STAFF');
    const { limit } = pageRequest({ first: args.first }, { first: DEFAULT_VARIANTS });
    return findVariants(args.query, limit, context);
  },
};

const oneNameOnly = (): AppError =>
  new AppError('BAD_USER_INPUT', 'Give exactly one of "slug" and "id" to name the product.');
