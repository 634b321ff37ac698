import { isDeepStrictEqual } from 'node:util';
import { createCategoryTree } from '../domain/category.js';
import { type TextsDraft, checkTexts, toAttributes } from '../domain/draft.js';
import type { Product } from '../domain/product.js';
import { notFound } from '../domain/refusal.js';
import { productChanged } from '../events/product-events.js';
import { changeProduct } from './change-product.js';
import type { CommandDeps, Origin } from './deps.js';
import { type Outcome, refused } from './outcome.js';

/** Changes to a product's texts and place; absent fields stay. */
export interface ProductChanges extends TextsDraft {
  readonly id: string;
}

/** Changes what is given. Nothing is written, and no event made, if that is what it already is. */
export async function updateProduct(
  deps: CommandDeps,
  changes: ProductChanges,
  { requestId }: Origin,
): Promise<Outcome> {
  const tree = createCategoryTree(await deps.store.categories.all());
  const problems = checkTexts(changes, tree);
  if (problems.length > 0) return refused(...problems);
  return changeProduct(
    deps,
    async () => (await deps.store.products.byIds([changes.id]))[0],
    notFound(`There is no product ${changes.id}. Check the id.`, 'id'),
    (product) => {
      const next = applyTexts(product, changes);
      if (isDeepStrictEqual(next, product)) return 'unchanged';
      const changed = { ...next, version: product.version + 1 };
      return { product: changed, event: productChanged({ ...deps, requestId }, 'product.updated', changed) };
    },
  );
}

const applyTexts = (product: Product, changes: ProductChanges): Product => ({
  ...product,
  name: changes.name?.trim() ?? product.name,
  description: changes.description?.trim() ?? product.description,
  brand: typeof changes.brand === 'string' ? changes.brand.trim() || 'Unbranded' : product.brand,
  categorySlug: changes.categorySlug ?? product.categorySlug,
  attributes: changes.attributes ? toAttributes(changes.attributes) : product.attributes,
});
