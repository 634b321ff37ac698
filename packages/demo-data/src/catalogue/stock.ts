import { createRandom } from '../random/random.js';
import { DEFAULT_SEED } from './product.js';

/** Units that the demo shop has of a variant at first: 20 to 260, most have few. */
export function stockFor(variantId: string, seed: number = DEFAULT_SEED): number {
  const share = createRandom(seed, `stock ${variantId}`).next();
  return 20 + Math.floor(240 * share * share * share);
}
