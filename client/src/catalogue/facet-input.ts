import type { ProductFilter } from '@/__generated__/graphql.js';
import { clean } from './listing-state.js';

/**
 * Applies a facet value's `input` to a filter, or takes it out again if it is in already. A price replaces the price.
 *
 * @param input what the server sent with the value: a piece of a ProductFilter
 * @example toggleInput({ brands: ['Amara'] }, { brands: ['Ferro'] }) // { brands: ['Amara', 'Ferro'] }
 */
export function toggleInput(filter: ProductFilter, input: unknown): ProductFilter {
  // The schema promises a piece of a ProductFilter; JSON is merely how it can promise it.
  const piece = (input ?? {}) as ProductFilter;
  return clean({
    categories: toggleAll(filter.categories, piece.categories),
    brands: toggleAll(filter.brands, piece.brands),
    price: piece.price ? (samePrice(filter.price, piece.price) ? null : piece.price) : filter.price,
    attributes: toggleAttributes(filter.attributes, piece.attributes),
  });
}

type Attributes = ProductFilter['attributes'];

const samePrice = (one: ProductFilter['price'], other: ProductFilter['price']): boolean =>
  one?.minMinor === other?.minMinor && one?.maxMinor === other?.maxMinor;

function toggleAll(present: string[] | null | undefined, values: string[] | null | undefined): string[] {
  return (values ?? []).reduce(
    (kept, value) => (kept.includes(value) ? kept.filter((other) => other !== value) : [...kept, value]),
    present ?? [],
  );
}

function toggleAttributes(present: Attributes, changes: Attributes): NonNullable<Attributes> {
  return (changes ?? []).reduce((kept, { id, values }) => {
    const others = kept.filter((attribute) => attribute.id !== id);
    return [
      ...others,
      { id, values: toggleAll(kept.find((attribute) => attribute.id === id)?.values, values) },
    ];
  }, present ?? []);
}
