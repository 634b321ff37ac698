import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { ProductFilter, ProductSort } from '@/__generated__/graphql.js';
import { texts } from '@/texts/en.js';

/** What a list of products is narrowed to. Lives in the address, so that it can be shared and gone back to. */
export interface ListingState {
  readonly query: string;
  readonly filter: ProductFilter;
  readonly sort: ProductSort | undefined;
}

const ATTRIBUTE = 'a.';

/** @example stateFromUrl({ brand: 'Amara', 'a.color': ['Red', 'Blue'], max: '5000' }) */
export function stateFromUrl(url: LocationQuery): ListingState {
  const attributes = Object.keys(url)
    .filter((key) => key.startsWith(ATTRIBUTE))
    .map((key) => ({ id: key.slice(ATTRIBUTE.length), values: list(url[key]) }))
    .filter(({ values }) => values.length > 0);
  const sort = list(url['sort'])[0];
  const [minMinor, maxMinor] = [amount(url['min']), amount(url['max'])];
  return {
    query: list(url['q'])[0] ?? '',
    sort: sort !== undefined && isSort(sort) ? sort : undefined,
    filter: clean({
      categories: list(url['category']),
      brands: list(url['brand']),
      price: { ...(minMinor !== undefined && { minMinor }), ...(maxMinor !== undefined && { maxMinor }) },
      attributes,
    }),
  };
}

/** The inverse of {@link stateFromUrl}. */
export function urlFromState({ query, filter, sort }: ListingState): LocationQueryRaw {
  const { categories, brands, price, attributes } = filter;
  return {
    ...(query && { q: query }),
    ...(categories?.length && { category: categories }),
    ...(brands?.length && { brand: brands }),
    ...(price?.minMinor != null && { min: String(price.minMinor) }),
    ...(price?.maxMinor != null && { max: String(price.maxMinor) }),
    ...Object.fromEntries((attributes ?? []).map(({ id, values }) => [`${ATTRIBUTE}${id}`, values])),
    ...(sort && { sort }),
  };
}

/** Without empty parts, so that equal filters are equal in the cache and in the address. */
export function clean(filter: ProductFilter): ProductFilter {
  const attributes = filter.attributes?.filter(({ values }) => values.length > 0);
  return {
    ...(filter.categories?.length && { categories: filter.categories }),
    ...(filter.brands?.length && { brands: filter.brands }),
    ...(filter.price && Object.keys(filter.price).length > 0 && { price: filter.price }),
    ...(attributes?.length && { attributes }),
  };
}

const isSort = (text: string): text is ProductSort => Object.hasOwn(texts.sort, text);

function list(value: LocationQuery[string] | undefined): string[] {
  return [value].flat().filter((text) => typeof text === 'string' && text !== '') as string[]; // filter() does not narrow
}

function amount(value: LocationQuery[string] | undefined): number | undefined {
  const text = list(value)[0];
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
