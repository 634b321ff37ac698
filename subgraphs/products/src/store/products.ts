import type { DomainEvent } from '@souk/kit/events';
import { isDuplicateKey, pendingPush, requireRoom, roomForEvents } from '@souk/kit/mongo';
import type { Db } from 'mongodb';
import type { Product } from '../domain/product.js';
import { productsOf, toDocument, toProduct } from './collections.js';

/** Products on disk. */
export interface ProductStore {
  byIds(ids: readonly string[]): Promise<Product[]>;
  bySlugs(slugs: readonly string[]): Promise<Product[]>;
  byVariantIds(ids: readonly string[]): Promise<Product[]>;
  /** Products with an article number that begins in one of these ways: at most `most`, in no order. */
  bySkuBeginnings(beginnings: readonly string[], most: number): Promise<Product[]>;
  /** Which of the slugs and article numbers are in use. */
  taken(
    slugs: readonly string[],
    skus: readonly string[],
  ): Promise<{ slugs: Set<string>; skus: Set<string> }>;
  /** Every published product, in batches. */
  published(batchSize: number): AsyncGenerator<Product[], void, undefined>;
  /** @returns false if a slug, id or article number is in use */
  insert(product: Product, event: DomainEvent): Promise<boolean>;
  /**
   * Writes a product over the version before it.
   * @returns false if somebody else has changed it since
   * @throws AppError UNAVAILABLE while too many of its events wait to be published
   */
  replace(product: Product, event: DomainEvent): Promise<boolean>;
}

/** What lists and pages never need of a document. */
const PROJECTION = { pending: 0, unrelayed: 0 } as const;

export function createProductStore(database: Db): ProductStore {
  const products = productsOf(database);
  const find = async (
    field: '_id' | 'slug' | 'variants.id',
    values: readonly string[],
  ): Promise<Product[]> => {
    if (values.length === 0) return [];
    const found = await products
      .find({ [field]: { $in: [...values] } }, { projection: PROJECTION })
      .toArray();
    return found.map(toProduct);
  };
  return {
    byIds: (ids) => find('_id', ids),
    bySlugs: (slugs) => find('slug', slugs),
    byVariantIds: (ids) => find('variants.id', ids),
    async bySkuBeginnings(beginnings, most) {
      if (beginnings.length === 0) return [];
      // Bounds of one element: those of a whole array could be kept by two of its elements.
      const $or = beginnings.map((beginning) => ({
        variants: { $elemMatch: { sku: { $gte: beginning, $lt: `${beginning}\uffff` } } },
      }));
      const found = await products.find({ $or }, { projection: PROJECTION, limit: most }).toArray();
      return found.map(toProduct);
    },
    async taken(slugs, skus) {
      const [bySlug, bySku] = await Promise.all([
        find('slug', slugs),
        products
          .find({ 'variants.sku': { $in: [...skus] } }, { projection: { 'variants.sku': 1 } })
          .toArray(),
      ]);
      return {
        slugs: new Set(bySlug.map(({ slug }) => slug)),
        skus: new Set(bySku.flatMap(({ variants }) => variants.map(({ sku }) => sku))),
      };
    },
    async *published(batchSize) {
      const cursor = products.find({ published: true }, { projection: PROJECTION, batchSize });
      let batch: Product[] = [];
      for await (const document of cursor) {
        batch.push(toProduct(document));
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
    async insert(product, event) {
      try {
        await products.insertOne({ ...toDocument(product), pending: [event], unrelayed: true });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async replace(product, event) {
      const { id, version, ...rest } = product;
      const before = { _id: id, version: version - 1 };
      const { matchedCount } = await products.updateOne(
        { ...before, ...roomForEvents() },
        { $set: { ...rest, version, unrelayed: true }, $push: pendingPush([event]) },
      );
      if (matchedCount === 1) return true;
      requireRoom(await products.findOne(before, { projection: { pending: 1 } }));
      return false;
    },
  };
}
