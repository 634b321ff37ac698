import type { LeafCategory, VariantAxis } from '../taxonomy/types.js';
import type { Random } from '../random/random.js';
import type { DemoOption } from './product.js';

/** A variant before it has an id and a price. */
export interface VariantPlan {
  readonly options: readonly DemoOption[];
  readonly priceFactor: number;
}

/** Most variants of one product. Ids leave room for 32. */
const MOST_VARIANTS = 12;

/** What one product offers of each axis, combined. One plan without options for a leaf without axes. */
export function planVariants(leaf: LeafCategory, random: Random): readonly VariantPlan[] {
  const choices = leaf.axes.map((axis) => offered(axis, random));
  const combined = choices.reduce<VariantPlan[]>(
    (plans, values) =>
      plans.flatMap((plan) =>
        values.map(({ option, factor }) => ({
          options: [...plan.options, option],
          priceFactor: plan.priceFactor * factor,
        })),
      ),
    [{ options: [], priceFactor: 1 }],
  );
  return combined.slice(0, MOST_VARIANTS);
}

function offered(axis: VariantAxis, random: Random): { option: DemoOption; factor: number }[] {
  const count = Math.min(axis.values.length, random.integer(axis.offers[0], axis.offers[1]));
  const all = axis.values.map((value, index) => ({
    option: { name: axis.name, value },
    factor: axis.priceFactors?.[index] ?? 1,
  }));
  if (axis.selection === 'any') return random.shuffle(all).slice(0, count);
  const start = random.integer(0, all.length - count);
  return all.slice(start, start + count);
}
