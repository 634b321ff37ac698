import { type MoneyDraft, checkPrice } from '../domain/draft.js';
import { notFound } from '../domain/refusal.js';
import { priceChanged } from '../events/product-events.js';
import { changeProduct } from './change-product.js';
import type { CommandDeps, Origin } from './deps.js';
import { type Outcome, refused } from './outcome.js';

/** Sets what a variant costs from now on. Orders and carts keep the price they were given. */
export async function setVariantPrice(
  deps: CommandDeps,
  { variantId, price }: { readonly variantId: string; readonly price: MoneyDraft },
  { requestId }: Origin,
): Promise<Outcome> {
  const problems = checkPrice(price, 'price');
  if (problems.length > 0) return refused(...problems);
  const missing = notFound(`There is no variant ${variantId}. Check the id.`, 'variantId');
  return changeProduct(
    deps,
    async () => (await deps.store.products.byVariantIds([variantId]))[0],
    missing,
    (product) => {
      const before = product.variants.find(({ id }) => id === variantId);
      if (!before) return { refusals: [missing] };
      if (before.priceMinor === price.amountMinor) return 'unchanged';
      const variants = product.variants.map((variant) =>
        variant === before ? { ...variant, priceMinor: price.amountMinor } : variant,
      );
      const next = { ...product, variants, version: product.version + 1 };
      return { product: next, event: priceChanged({ ...deps, requestId }, next, before, price.amountMinor) };
    },
  );
}
