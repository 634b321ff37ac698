import type { ListingQuery, ProductFilter } from '@/__generated__/graphql.js';
import { formatMoney } from '@/format/format.js';

/** One condition that holds, and what to merge into the filter to be rid of it. */
export interface Chip {
  readonly id: string;
  readonly label: string;
  readonly input: ProductFilter;
}

type Facets = NonNullable<ListingQuery['search']>['facets'];

/** Labels come from the facets where they know the value; a value that no result has any more is shown as it is. */
export function chipsOf(filter: ProductFilter, facets: Facets): Chip[] {
  const label = (value: string) =>
    facets.flatMap(({ values }) => values).find(({ id, label }) => id === value || label === value)?.label ??
    value;
  const attributes = (filter.attributes ?? []).flatMap(({ id, values }) =>
    values.map((value) => ({ id, value })),
  );
  return [
    ...(filter.categories ?? []).map((slug) => ({
      id: `c-${slug}`,
      label: label(slug),
      input: { categories: [slug] },
    })),
    ...(filter.brands ?? []).map((brand) => ({
      id: `b-${brand}`,
      label: label(brand),
      input: { brands: [brand] },
    })),
    ...(filter.price
      ? [{ id: 'price', label: priceLabel(filter.price), input: { price: filter.price } }]
      : []),
    ...attributes.map(({ id, value }) => ({
      id: `a-${id}-${value}`,
      label: label(value),
      input: { attributes: [{ id, values: [value] }] },
    })),
  ];
}

function priceLabel({ minMinor, maxMinor }: NonNullable<ProductFilter['price']>): string {
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: 'EUR' });
  if (minMinor == null) return `≤ ${amount(maxMinor ?? 0)}`;
  return maxMinor == null ? `≥ ${amount(minMinor)}` : `${amount(minMinor)} – ${amount(maxMinor)}`;
}
