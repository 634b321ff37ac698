import type { ProductVariantResolvers } from '../__generated__/resolvers-types.js';
import { USUAL_WEIGHT_GRAMS, variantTitle } from '../domain/product.js';
import { money } from './money.js';

export const ProductVariant: ProductVariantResolvers = {
  /** Of hidden products too: an old order still shows what was bought. */
  __resolveReference: ({ id }, { loaders }) => loaders.variants.load(id),
  id: ({ variant }) => variant.id,
  sku: ({ variant }) => variant.sku,
  options: ({ variant }) => variant.options,
  title: ({ variant }) => variantTitle(variant),
  price: ({ variant }) => money(variant.priceMinor),
  weightGrams: ({ variant }) => variant.weightGrams ?? USUAL_WEIGHT_GRAMS,
};
