import type { PriceCurve } from '../taxonomy/types.js';
import type { Random } from '../random/random.js';

/**
 * A product's base price in cents, before any variant moves it, so that even its cheapest and dearest variant
 * stay inside the leaf's curve.
 *
 * @param factors everything that moves the price: brand, noun, attributes
 * @param range the smallest and largest factor among the variants
 */
export function basePrice(
  curve: PriceCurve,
  factors: readonly number[],
  range: readonly [number, number],
  random: Random,
): number {
  const drawn =
    random.logNormal(curve.median, curve.sigma) * factors.reduce((all, factor) => all * factor, 1);
  const highest = curve.highest / range[1];
  return Math.max(curve.lowest / range[0], Math.min(highest, drawn));
}

/** Ends a price as shops do: 7.49, 24.90, 89.00, 449.00, 1,249.00. Never turns a higher price into a lower one. */
export function shopPrice(minor: number): number {
  const [step, below] = endingFor(minor);
  return Math.max(step, Math.round(minor / step) * step) - below;
}

function endingFor(minor: number): readonly [step: number, below: number] {
  if (minor < 1_000) return [50, 1];
  if (minor < 5_000) return [100, 10];
  if (minor < 20_000) return [500, 100];
  if (minor < 100_000) return [1_000, 100];
  return [5_000, 100];
}
