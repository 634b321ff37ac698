import { notFound } from '../domain/refusal.js';
import { productChanged } from '../events/product-events.js';
import { changeProduct } from './change-product.js';
import type { CommandDeps, Origin } from './deps.js';
import type { Outcome } from './outcome.js';

/** Shows a product to shoppers, or hides it. Repeating it changes nothing. */
export const publishProduct = (
  deps: CommandDeps,
  { id, published }: { readonly id: string; readonly published: boolean },
  { requestId }: Origin,
): Promise<Outcome> =>
  changeProduct(
    deps,
    async () => (await deps.store.products.byIds([id]))[0],
    notFound(`There is no product ${id}. Check the id.`, 'id'),
    (product) => {
      if (product.published === published) return 'unchanged';
      const next = { ...product, published, version: product.version + 1 };
      const type = published ? 'product.published' : 'product.unpublished';
      return { product: next, event: productChanged({ ...deps, requestId }, type, next) };
    },
  );
