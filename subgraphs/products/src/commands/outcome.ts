import type { Product } from '../domain/product.js';
import type { Refusal } from '../domain/refusal.js';

/** How a command ended. */
export type Outcome = { readonly product: Product } | { readonly refusals: readonly Refusal[] };

export const refused = (...refusals: readonly Refusal[]): Outcome => ({ refusals });
