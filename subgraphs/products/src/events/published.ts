import type { DomainEvent } from '@souk/kit/events';
import { type Product, type Variant, lowestPrice } from '../domain/product.js';

/** Where new events get their time and their id from. */
export interface Stamp {
  readonly clock: () => Date;
  readonly newId: () => string;
  /** The client request that set it in motion. */
  readonly requestId: string;
}

/** What products tells the others. Every event's aggregate is the product, its version the product's. */
export type ProductEventType =
  | 'product.created'
  | 'product.updated'
  | 'product.published'
  | 'product.unpublished'
  | 'variant.price-changed';

const stamped = (stamp: Stamp, type: ProductEventType, product: Product, payload: object): DomainEvent => ({
  id: stamp.newId(),
  type,
  source: 'products',
  aggregateId: product.id,
  version: product.version,
  occurredAt: stamp.clock().toISOString(),
  correlationId: stamp.requestId,
  payload: { productId: product.id, ...payload },
});

/** The product after a change, as others need to know it. */
export function productChanged(
  stamp: Stamp,
  type: Exclude<ProductEventType, 'variant.price-changed'>,
  product: Product,
): DomainEvent {
  const { slug, name, brand, categorySlug, published, variants } = product;
  return stamped(stamp, type, product, {
    slug,
    name,
    brand,
    categorySlug,
    published,
    lowestPriceMinor: lowestPrice(product),
    variantIds: variants.map(({ id }) => id),
  });
}

/** A variant's new price, and what it was. */
export function priceChanged(
  stamp: Stamp,
  product: Product,
  before: Variant,
  priceMinor: number,
): DomainEvent {
  return stamped(stamp, 'variant.price-changed', product, {
    variantId: before.id,
    priceMinor,
    formerPriceMinor: before.priceMinor,
  });
}
