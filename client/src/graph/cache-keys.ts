import { cacheSchema } from '@/__generated__/cache-schema.js';

/** How an object of one type is told from another; null keeps it inside its parent. */
type KeyOf = (data: { readonly [field: string]: unknown }) => string | null;

const inParent: KeyOf = () => null;
const hasId = (fields: readonly { readonly name: string }[]): boolean =>
  fields.some(({ name }) => name === 'id');

/**
 * Ids that mean something inside their parent only: of facets and their values in one search result, of shipping
 * options, which cost something else for each cart and country.
 */
const LOCAL_IDS = ['Facet', 'FacetValue', 'ShippingOption'];

/** Types without an id live in their parent, read off the schema so that a new value type needs no entry here. */
export const cacheKeys: Readonly<Record<string, KeyOf>> = {
  ...Object.fromEntries(
    cacheSchema.__schema.types
      .filter((type) => type.kind === 'OBJECT' && (!hasId(type.fields) || LOCAL_IDS.includes(type.name)))
      .map((type) => [type.name, inParent]),
  ),
};
