import type { DomainEvent, PayloadOf } from '@souk/kit/events';
import { type Product, type Variant, lowestPrice } from '../domain/product.js';
import { type ProductEventType, published } from './published.js';

/** Where new events get their time and their id from. */
export interface Stamp {
  readonly clock: () => Date;
  readonly newId: () => string;
  /** The client request that set it in motion. */
  readonly requestId: string;
}

const stamped = (
  stamp: Stamp,
  type: ProductEventType,
  product: Product,
  payload: Omit<PayloadOf<typeof published, ProductEventType>, 'productId'>,
): DomainEvent => ({
  id: stamp.newId(),
  type,
  source: published.source,
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
