import { createProduct } from './create-product.js';
import { type CatalogueOptions, DEFAULT_SEED, type DemoProduct } from './product.js';
import { createSchedule } from './schedule.js';

/**
 * The demo catalogue, product by product: the same for the same seed on every machine, and a smaller one is the
 * beginning of a larger one. 100,000 products take a few seconds and next to no memory.
 *
 * @example for (const product of catalogue({ products: 500 })) insert(product);
 */
export function* catalogue({
  products,
  seed = DEFAULT_SEED,
}: CatalogueOptions): Generator<DemoProduct, void, undefined> {
  const leafAt = createSchedule(seed);
  const takenSlugs = new Set<string>();
  for (let index = 0; index < products; index += 1) {
    yield createProduct(seed, index, leafAt(index), takenSlugs);
  }
}

/**
 * Just the variants of {@link catalogue}, in its order: for owners of other facts about them, such as stock.
 */
export function* catalogueVariants(
  options: CatalogueOptions,
): Generator<{ readonly id: string; readonly productId: string }, void, undefined> {
  for (const { id: productId, variants } of catalogue(options)) {
    for (const { id } of variants) yield { id, productId };
  }
}
