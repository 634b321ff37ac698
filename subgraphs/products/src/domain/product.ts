/** The one currency this shop sells in. */
export const SHOP_CURRENCY = 'EUR';

/** One choice of a variant. */
export interface VariantOption {
  readonly name: string;
  readonly value: string;
}

/** One buyable form of a product. */
export interface Variant {
  readonly id: string;
  readonly sku: string;
  readonly options: readonly VariantOption[];
  /** Minor units of {@link SHOP_CURRENCY}. */
  readonly priceMinor: number;
  /** In its packaging; absent in what was stored before weights were known. */
  readonly weightGrams?: number;
}

/** What a variant is taken to weigh if nobody has said. */
export const USUAL_WEIGHT_GRAMS = 500;

/** A fact about a product. */
export interface Attribute {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}

/** A product with everything that is bought of it. */
export interface Product {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly brand: string;
  readonly categorySlug: string;
  readonly attributes: readonly Attribute[];
  readonly variants: readonly Variant[];
  /** The shop's own ranking, 0 and up. */
  readonly popularity: number;
  /** Tenths of a star, 0 to 50. */
  readonly ratingTenths: number;
  readonly published: boolean;
  /** `demo` has a drawing of its own, `staff` a plain one. */
  readonly origin: 'demo' | 'staff';
  /** Grows by one with every change. */
  readonly version: number;
  readonly createdAt: Date;
}

export const lowestPrice = ({ variants }: Pick<Product, 'variants'>): number =>
  variants.reduce((lowest, { priceMinor }) => Math.min(lowest, priceMinor), Number.MAX_SAFE_INTEGER);

export const highestPrice = ({ variants }: Pick<Product, 'variants'>): number =>
  variants.reduce((highest, { priceMinor }) => Math.max(highest, priceMinor), 0);

/** `Large / Blue`; `Standard` for the only variant of a product without options. */
export const variantTitle = ({ options }: Pick<Variant, 'options'>): string =>
  options.map(({ value }) => value).join(' / ') || 'Standard';

/** Everything a product can be filtered by: its attributes and what its variants offer. */
export function filterableValues({
  attributes,
  variants,
}: Pick<Product, 'attributes' | 'variants'>): readonly Attribute[] {
  const all = [
    ...attributes,
    ...variants.flatMap(({ options }) =>
      options.map(({ name, value }) => ({ id: slugOf(name), label: name, value })),
    ),
  ];
  return [...new Map(all.map((one) => [`${one.id}\0${one.value}`, one])).values()];
}

/**
 * The part of an address that names a thing.
 *
 * @returns an empty text if nothing of `text` can stand in an address
 * @example slugOf('Café Crème 2') // 'cafe-creme-2'
 */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
