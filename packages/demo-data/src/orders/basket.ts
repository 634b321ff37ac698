import { catalogue } from '../catalogue/catalogue.js';
import type { Random } from '../random/random.js';
import type { DemoOrderLine } from './order.js';

/** Lines are drawn from so many products at most: enough for believable charts, little enough to keep in memory. */
const POOL = 2_000;

/** Fills baskets from the beginning of the catalogue, popular products first. */
export function createBaskets(products: number, seed: number): (random: Random) => DemoOrderLine[] {
  const pool = [...catalogue({ products: Math.min(products, POOL), seed })].map((product) => ({
    id: product.id,
    variants: product.variants,
    popularity: product.popularity,
  }));
  let sum = 0;
  const sums = pool.map(({ popularity }) => (sum += popularity));

  const line = (random: Random): DemoOrderLine | undefined => {
    const product = pool[firstAbove(sums, random.next() * sum)];
    if (!product) return undefined;
    const { id, priceMinor } = random.pick(product.variants);
    return {
      variantId: id,
      productId: product.id,
      quantity: 1 + random.weighted([80, 14, 4, 2]),
      unitPriceMinor: priceMinor,
    };
  };
  return (random) => {
    const drawn = Array.from({ length: 1 + random.weighted([50, 28, 14, 8]) }, () => line(random));
    const byVariant = new Map(drawn.flatMap((one) => (one ? [[one.variantId, one] as const] : [])));
    return [...byVariant.values()];
  };
}

/** Index of the first of ascending numbers that is above `value`. */
function firstAbove(sums: readonly number[], value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
