import { createCategoryTree } from '../domain/category.js';
import {
  type TextsDraft,
  type VariantDraft,
  checkSlug,
  checkTexts,
  checkVariants,
  toAttributes,
} from '../domain/draft.js';
import { type Product, USUAL_WEIGHT_GRAMS, slugOf } from '../domain/product.js';
import { type Refusal, exists, invalid } from '../domain/refusal.js';
import { productChanged } from '../events/product-events.js';
import type { CommandDeps, Origin } from './deps.js';
import { type Outcome, refused } from './outcome.js';

/** What staff type in for a new product. */
export interface NewProduct extends TextsDraft {
  readonly name: string;
  readonly categorySlug: string;
  readonly slug?: string | null | undefined;
  readonly variants: readonly VariantDraft[];
}

/** Somebody else may take the slug or an article number between the look and the write. */
const ATTEMPTS = 3;

/** Makes a draft: nobody but staff sees it before it is published. */
export async function createProduct(
  deps: CommandDeps,
  draft: NewProduct,
  { requestId }: Origin,
): Promise<Outcome> {
  const tree = createCategoryTree(await deps.store.categories.all());
  const problems = [
    ...checkTexts(draft, tree),
    ...(typeof draft.slug === 'string' ? checkSlug(draft.slug) : []),
    ...checkVariants(draft.variants),
  ];
  if (problems.length > 0) return refused(...problems);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const product = toProduct(deps, draft);
    const { slug, problems: clashes } = await settleNames(deps, draft, product);
    if (clashes.length > 0) return refused(...clashes);
    const named = { ...product, slug };
    const event = productChanged({ ...deps, requestId }, 'product.created', named);
    if (!(await deps.store.products.insert(named, event))) continue;
    await deps.onChanged(named.id);
    return { product: named };
  }
  return refused(
    exists('The slug or a sku was taken a moment ago. Choose another, or leave it out.', 'slug'),
  );
}

function toProduct({ newId, clock }: CommandDeps, draft: NewProduct): Product {
  const id = newId();
  return {
    id,
    slug: draft.slug ?? slugOf(draft.name).slice(0, 190),
    name: draft.name.trim(),
    description: draft.description?.trim() ?? '',
    brand: draft.brand?.trim() || 'Unbranded',
    categorySlug: draft.categorySlug,
    attributes: toAttributes(draft.attributes ?? []),
    variants: draft.variants.map(({ sku, options, price, weightGrams }) => {
      const variantId = newId();
      return {
        id: variantId,
        sku: sku?.trim() ?? `SOUK-${variantId.replaceAll('-', '').slice(-12).toUpperCase()}`,
        options: (options ?? []).map(({ name, value }) => ({ name: name.trim(), value: value.trim() })),
        priceMinor: price.amountMinor,
        weightGrams: weightGrams ?? USUAL_WEIGHT_GRAMS,
      };
    }),
    popularity: 0,
    ratingTenths: 0,
    published: false,
    origin: 'staff',
    version: 1,
    createdAt: clock(),
  };
}

/** A slug made from the name steps aside with a number; names that staff chose are refused when taken. */
async function settleNames(
  { store }: CommandDeps,
  draft: NewProduct,
  product: Product,
): Promise<{ slug: string; problems: Refusal[] }> {
  if (product.slug === '') {
    return {
      slug: '',
      problems: [invalid('Nothing of the name can stand in an address. Give a slug too.', 'slug')],
    };
  }
  const candidates = [
    product.slug,
    ...Array.from({ length: 50 }, (_, index) => `${product.slug}-${index + 2}`),
  ];
  const taken = await store.products.taken(
    typeof draft.slug === 'string' ? [product.slug] : candidates,
    product.variants.map(({ sku }) => sku),
  );
  const problems = product.variants.flatMap(({ sku }, index) =>
    taken.skus.has(sku)
      ? [exists(`The sku ${sku} belongs to another product. Choose another.`, 'variants', index, 'sku')]
      : [],
  );
  const slug =
    typeof draft.slug === 'string' ? product.slug : candidates.find((name) => !taken.slugs.has(name));
  if (slug === undefined || taken.slugs.has(slug)) {
    problems.push(exists(`The slug ${product.slug} belongs to another product. Choose another.`, 'slug'));
  }
  return { slug: slug ?? '', problems };
}
