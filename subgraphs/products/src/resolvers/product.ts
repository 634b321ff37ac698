import { ART_VERSION } from '@souk/demo-data/art';
import type { ProductResolvers } from '../__generated__/resolvers-types.js';
import { pictureVersion } from '../domain/picture.js';
import { highestPrice, lowestPrice } from '../domain/product.js';
import { money } from './money.js';
import { visible } from './visibility.js';

export const Product: ProductResolvers = {
  async __resolveReference(reference, { loaders, viewer }) {
    const product =
      'id' in reference
        ? await loaders.products.load(reference.id)
        : await loaders.productsBySlug.load(reference.slug);
    return visible(product, viewer);
  },
  price: (product) => money(lowestPrice(product)),
  maxPrice: (product) => money(highestPrice(product)),
  rating: ({ ratingTenths }) => ratingTenths / 10,
  imageUrl: (product) =>
    `/img/p/${encodeURIComponent(product.id)}.svg?v=${pictureVersion(product, ART_VERSION)}`,
  async category({ categorySlug }, _args, { loaders }) {
    const category = (await loaders.categories()).get(categorySlug);
    if (category) return category;
    throw new Error(`The category ${categorySlug} is gone but still has products. Restore it.`);
  },
  variants: (product) => product.variants.map((variant) => ({ variant, product })),
};
