import type { DomainEvent } from '@souk/kit/events';
import { AppError } from '@souk/kit/errors';
import type { Product } from '../domain/product.js';
import type { Refusal } from '../domain/refusal.js';
import type { CommandDeps } from './deps.js';
import { type Outcome, refused } from './outcome.js';

/** What a decision makes of a product: a refusal, nothing to do, or its next version with the event that tells of it. */
export type Decision =
  | { readonly refusals: readonly Refusal[] }
  | 'unchanged'
  | { readonly product: Product; readonly event: DomainEvent };

/** Losing this often to others means somebody is writing in a loop. */
const ATTEMPTS = 10;

/**
 * Reads, decides and writes over the version that was read; again from the start if somebody was faster.
 *
 * @param load finds the product, or undefined
 * @param missing what to answer then
 */
export async function changeProduct(
  deps: CommandDeps,
  load: () => Promise<Product | undefined>,
  missing: Refusal,
  decide: (product: Product) => Decision,
): Promise<Outcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const product = await load();
    if (!product) return refused(missing);
    const decision = decide(product);
    if (decision === 'unchanged') return { product };
    if ('refusals' in decision) return decision;
    if (!(await deps.store.products.replace(decision.product, decision.event))) continue;
    await deps.onChanged(product.id);
    return { product: decision.product };
  }
  throw new AppError(
    'UNAVAILABLE',
    'Others are changing this product at the same time. Try again in a moment.',
  );
}
