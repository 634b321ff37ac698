import type { CategoryTree } from './category.js';
import { type Attribute, SHOP_CURRENCY, type VariantOption, slugOf } from './product.js';
import { type Refusal, invalid, notFound } from './refusal.js';

/** An amount as staff type it in. */
export interface MoneyDraft {
  readonly amountMinor: number;
  readonly currency?: string | null | undefined;
}

/** A fact as staff type it in. */
export interface AttributeDraft {
  readonly id: string;
  readonly label?: string | null | undefined;
  readonly value: string;
}

/** A variant as staff type it in. */
export interface VariantDraft {
  readonly sku?: string | null | undefined;
  readonly options?: readonly VariantOption[] | null | undefined;
  readonly price: MoneyDraft;
  readonly weightGrams?: number | null | undefined;
}

/** A product's texts and place; absent fields stay as they are. */
export interface TextsDraft {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly brand?: string | null | undefined;
  readonly categorySlug?: string | null | undefined;
  readonly attributes?: readonly AttributeDraft[] | null | undefined;
}

const MOST_VARIANTS = 100;
const MOST_ATTRIBUTES = 50;
/** A tonne. */
const HEAVIEST_GRAMS = 1_000_000;
/** What GraphQL's Int can carry. */
const HIGHEST_PRICE = 2_147_483_647;

/** Everything wrong with the texts, in the order of the form. */
export function checkTexts(draft: TextsDraft, tree: CategoryTree): Refusal[] {
  return [
    ...checkLength(draft.name, 1, 200, 'name'),
    ...checkLength(draft.description, 0, 5_000, 'description'),
    ...checkLength(draft.brand, 0, 100, 'brand'),
    ...checkCategory(draft.categorySlug, tree),
    ...checkAttributes(draft.attributes ?? []),
  ];
}

function checkCategory(slug: string | null | undefined, tree: CategoryTree): Refusal[] {
  if (slug === null || slug === undefined) return [];
  const category = tree.get(slug);
  if (!category) {
    return [
      notFound(
        `There is no category "${slug}". Ask the field categories for those that exist.`,
        'categorySlug',
      ),
    ];
  }
  if (category.parentSlug !== null) return [];
  return [invalid(`"${slug}" is a department. Choose one of its leaf categories.`, 'categorySlug')];
}

function checkAttributes(drafts: readonly AttributeDraft[]): Refusal[] {
  if (drafts.length > MOST_ATTRIBUTES) {
    return [invalid(`A product has at most ${MOST_ATTRIBUTES} attributes. Leave some out.`, 'attributes')];
  }
  return drafts.flatMap(({ id, label, value }, index) => [
    ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && id.length <= 50
      ? []
      : [
          invalid(
            'An attribute id is lower-case words joined by hyphens, such as "screen-size".',
            'attributes',
            index,
            'id',
          ),
        ]),
    ...checkLength(label, 1, 100, 'attributes', index, 'label'),
    ...checkLength(value, 1, 200, 'attributes', index, 'value'),
  ]);
}

/** Everything wrong with the variants of a new product. */
export function checkVariants(drafts: readonly VariantDraft[]): Refusal[] {
  if (drafts.length === 0) return [invalid('A product needs at least one variant to be bought.', 'variants')];
  if (drafts.length > MOST_VARIANTS) {
    return [invalid(`A product has at most ${MOST_VARIANTS} variants. Make a second product.`, 'variants')];
  }
  const titles = drafts.map(({ options }) =>
    JSON.stringify([...(options ?? [])].map(({ name, value }) => [name, value]).sort()),
  );
  const skus = drafts.map(({ sku }) => sku?.trim());
  return drafts.flatMap((draft, index) => [
    ...checkPrice(draft.price, 'variants', index, 'price'),
    ...checkWeight(draft.weightGrams, 'variants', index, 'weightGrams'),
    ...checkLength(draft.sku, 1, 64, 'variants', index, 'sku'),
    ...(draft.options ?? []).flatMap(({ name, value }, place) => [
      ...checkLength(name, 1, 50, 'variants', index, 'options', place, 'name'),
      ...checkLength(value, 1, 100, 'variants', index, 'options', place, 'value'),
    ]),
    ...(titles.indexOf(titles[index] ?? '') === index
      ? []
      : [
          invalid(
            'Another variant has the same options. Give each variant its own.',
            'variants',
            index,
            'options',
          ),
        ]),
    ...(skus[index] === undefined || skus.indexOf(skus[index]) === index
      ? []
      : [invalid('Another variant has the same sku. Give each variant its own.', 'variants', index, 'sku')]),
  ]);
}

/** What is wrong with a price. */
export function checkPrice({ amountMinor, currency }: MoneyDraft, ...path: (string | number)[]): Refusal[] {
  if ((currency ?? SHOP_CURRENCY) !== SHOP_CURRENCY) {
    return [invalid(`This shop sells in ${SHOP_CURRENCY}. Leave the currency out.`, ...path, 'currency')];
  }
  if (Number.isInteger(amountMinor) && amountMinor >= 0 && amountMinor <= HIGHEST_PRICE) return [];
  return [invalid('A price is 0 or more minor units (cents).', ...path, 'amountMinor')];
}

function checkWeight(grams: number | null | undefined, ...path: (string | number)[]): Refusal[] {
  if (grams === null || grams === undefined || (grams >= 1 && grams <= HEAVIEST_GRAMS)) return [];
  return [invalid(`A weight is 1 to ${HEAVIEST_GRAMS} grams.`, ...path)];
}

/** What is wrong with an address name that staff chose. */
export function checkSlug(slug: string): Refusal[] {
  if (slug !== '' && slug.length <= 200 && slugOf(slug) === slug) return [];
  return [invalid('A slug is 1 to 200 lower-case letters, digits and single hyphens.', 'slug')];
}

/** @example toAttributes([{ id: 'screen-size', value: '27 in' }]) // label: 'screen-size' */
export const toAttributes = (drafts: readonly AttributeDraft[]): Attribute[] =>
  drafts.map(({ id, label, value }) => ({ id, label: label?.trim() || id, value: value.trim() }));

function checkLength(
  text: string | null | undefined,
  shortest: number,
  longest: number,
  ...path: (string | number)[]
): Refusal[] {
  if (text === null || text === undefined) return [];
  const length = text.trim().length;
  if (length >= shortest && length <= longest) return [];
  const allowed = shortest === 0 ? `at most ${longest}` : `${shortest} to ${longest}`;
  return [invalid(`${String(path.at(-1))} takes ${allowed} characters, not ${length}.`, ...path)];
}
