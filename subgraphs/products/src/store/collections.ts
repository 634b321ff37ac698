import { type PendingEvents, ensureIndexes, prepareEvents } from '@souk/kit/mongo';
import type { Collection, Db } from 'mongodb';
import type { Category } from '../domain/category.js';
import type { Product } from '../domain/product.js';

/** One a product, its variants inside. */
export interface ProductDocument extends Omit<Product, 'id'>, PendingEvents {
  readonly _id: string;
}

/** One a category. */
export interface CategoryDocument extends Omit<Category, 'id'> {
  readonly _id: string;
}

/** What has been seeded completely: `_id` is `<seed>:<products>`. */
export interface SeedDocument {
  readonly _id: string;
}

export const CARRIERS = ['products'] as const;

export const productsOf = (database: Db): Collection<ProductDocument> => database.collection('products');
export const categoriesOf = (database: Db): Collection<CategoryDocument> => database.collection('categories');
export const seedsOf = (database: Db): Collection<SeedDocument> => database.collection('seeds');

/** Creates what the collections need; idempotent. */
export async function prepareCollections(database: Db): Promise<void> {
  await prepareEvents(database, CARRIERS);
  await ensureIndexes(database, {
    products: [
      { key: { slug: 1 }, name: 'slug', unique: true },
      { key: { 'variants.id': 1 }, name: 'variant', unique: true },
      { key: { 'variants.sku': 1 }, name: 'sku', unique: true },
    ],
    categories: [{ key: { slug: 1 }, name: 'slug', unique: true }],
  });
}

export function toProduct({
  _id,
  pending: _pending,
  unrelayed: _unrelayed,
  ...rest
}: ProductDocument): Product {
  return { id: _id, ...rest };
}

export function toDocument({ id, ...rest }: Product): ProductDocument {
  return { _id: id, ...rest };
}
