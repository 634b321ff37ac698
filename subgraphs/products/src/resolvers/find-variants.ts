import { toFilter } from '../domain/filter.js';
import type { Product, Variant } from '../domain/product.js';
import { skuBeginnings, startsLike } from '../domain/sku.js';
import { queryWords } from '../domain/words.js';
import type { Context } from './context.js';
import type { VariantModel } from './models.js';

/**
 * Variants that staff looks for, by article number or by what their products are about.
 *
 * @param most variants, from 1
 * @example await findVariants('lamp', 50, context);
 */
export async function findVariants(
  query: string,
  most: number,
  { commands, index, loaders }: Pick<Context, 'commands' | 'index' | 'loaders'>,
): Promise<VariantModel[]> {
  const beginnings = skuBeginnings(query);
  if (beginnings.length === 0) return [];
  const bySku = (await commands.store.products.bySkuBeginnings(beginnings, most))
    .flatMap((product) => variantsOf(product, ({ sku }) => startsLike(sku, beginnings)))
    .sort((one, other) => (one.variant.sku < other.variant.sku ? -1 : 1));
  // Whoever types a digit reads an article number off: its parts may stand in the texts of anything.
  const isNumber = bySku.length > 0 && /\d/.test(query);
  const byWords = isNumber ? [] : await variantsWithWords(query, most, { index, loaders });
  return [...new Map([...bySku, ...byWords].map((found) => [found.variant.id, found])).values()].slice(
    0,
    most,
  );
}

async function variantsWithWords(
  query: string,
  most: number,
  { index, loaders }: Pick<Context, 'index' | 'loaders'>,
): Promise<VariantModel[]> {
  // Without words, the index lists everything.
  if (queryWords(query).length === 0) return [];
  const listing = {
    query,
    filter: toFilter(null),
    sort: 'RELEVANCE',
    limit: most,
    after: undefined,
  } as const;
  const found = index().find(listing);
  if (!found.hasAllWords) return [];
  const products = await loaders.products.loadMany(found.hits.map(({ id }) => id));
  return products.flatMap((product) => {
    if (product instanceof Error) throw product;
    return product ? variantsOf(product) : [];
  });
}

const variantsOf = (product: Product, isWanted: (variant: Variant) => boolean = () => true): VariantModel[] =>
  product.variants.filter(isWanted).map((variant) => ({ variant, product }));
