import type { CategoryTree } from '../domain/category.js';
import type { Filter } from '../domain/filter.js';
import { attributeFacets } from './attribute-facets.js';
import { categoryFacet } from './category-facet.js';
import type { Matches } from './matching.js';
import { priceFacet } from './price-facet.js';
import type { Rows } from './rows.js';

/** One value of a facet. */
export interface FacetValue {
  readonly id: string;
  readonly label: string;
  readonly count: number;
  readonly selected: boolean;
  /** A piece of a `ProductFilter`. */
  readonly input: unknown;
}

/** One way to narrow a result. */
export interface Facet {
  readonly id: string;
  readonly label: string;
  readonly type: 'LIST' | 'PRICE_RANGE';
  readonly values: readonly FacetValue[];
}

/** What facets are counted over. */
export interface FacetSource {
  readonly rows: Rows;
  readonly tree: CategoryTree;
  readonly filter: Filter;
  readonly matches: Matches;
}

/** Most values of one facet; selected ones always stay. */
const MOST_VALUES = 30;

/** All facets of a result, those without values left out. */
export function facetsOf(source: FacetSource): Facet[] {
  const facets = [categoryFacet(source), brandFacet(source), priceFacet(source), ...attributeFacets(source)];
  return facets.filter(({ values }) => values.length > 0);
}

function brandFacet({ rows, filter, matches }: FacetSource): Facet {
  const counts = new Int32Array(rows.brands.size);
  const brands = rows.brand.cells();
  const counted = matches.without('brand');
  for (let place = 0; place < counted.length; place += 1) {
    const brand = brands[counted[place] ?? 0] ?? 0;
    counts[brand] = (counts[brand] ?? 0) + 1;
  }
  const selected = new Set(filter.brands);
  const values: FacetValue[] = [];
  counts.forEach((count, brand) => {
    const name = rows.brands.text(brand);
    if (count === 0 && !selected.has(name)) return;
    values.push({ id: name, label: name, count, selected: selected.has(name), input: { brands: [name] } });
  });
  return { id: 'brand', label: 'Brand', type: 'LIST', values: topValues(values) };
}

/** Values that would give something, or are selected: by descending count. */
export function topValues(values: readonly FacetValue[]): FacetValue[] {
  const shown = values
    .filter(({ count, selected }) => count > 0 || selected)
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  return shown.filter(({ selected }, index) => selected || index < MOST_VALUES);
}
