import { batchById } from '@souk/kit/graphql';
import DataLoader from 'dataloader';
import type { CategoryTree } from '../domain/category.js';
import type { Product } from '../domain/product.js';
import type { ProductReads } from '../store/recent-products.js';
import type { VariantModel } from './models.js';

/** Batched reads, made afresh for every operation. */
export interface Loaders {
  readonly products: DataLoader<string, Product | null>;
  readonly productsBySlug: DataLoader<string, Product | null>;
  readonly variants: DataLoader<string, VariantModel | null>;
  /** All categories. */
  readonly categories: () => Promise<CategoryTree>;
}

export function createLoaders(products: ProductReads, categories: Loaders['categories']): Loaders {
  return {
    products: batchById(
      (ids) => products.byIds(ids),
      ({ id }) => id,
    ),
    productsBySlug: batchById(
      (slugs) => products.bySlugs(slugs),
      ({ slug }) => slug,
    ),
    variants: new DataLoader(async (ids: readonly string[]) => {
      const found = await products.byVariantIds(ids);
      const models = new Map(
        found.flatMap((product) =>
          product.variants.map((variant) => [variant.id, { variant, product }] as const),
        ),
      );
      return ids.map((id) => models.get(id) ?? null);
    }),
    categories,
  };
}
