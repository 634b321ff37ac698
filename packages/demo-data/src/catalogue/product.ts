/** How much of the catalogue to make. */
export interface CatalogueOptions {
  /** How many products. A smaller catalogue is the beginning of a larger one. */
  readonly products: number;
  /** Same seed, same bytes. @default 7 */
  readonly seed?: number;
}

/** Every demo price is in this currency. */
export const DEMO_CURRENCY = 'EUR';

/** The seed of every figure and screenshot in the documentation. */
export const DEFAULT_SEED = 7;

/** A fact about a product, ready to show and to filter by. */
export interface DemoAttribute {
  /** For filters, for example `screen-size`. */
  readonly id: string;
  /** For people, for example `Screen size`. */
  readonly label: string;
  /** For example `Walnut` or `27 in`. */
  readonly value: string;
}

/** One choice of a variant, for example Size: Large. */
export interface DemoOption {
  readonly name: string;
  readonly value: string;
}

/** One buyable form of a product. */
export interface DemoVariant {
  readonly id: string;
  readonly sku: string;
  /** Empty for a product with a single variant. */
  readonly options: readonly DemoOption[];
  /** Cents of {@link DEMO_CURRENCY}. */
  readonly priceMinor: number;
}

/** A product of the demo catalogue. */
export interface DemoProduct {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly brand: string;
  /** A leaf category's slug. */
  readonly categorySlug: string;
  readonly attributes: readonly DemoAttribute[];
  /** At least one. */
  readonly variants: readonly DemoVariant[];
  /** 1 to 1,000,000; a few products have most of it. */
  readonly popularity: number;
  /** 0 to 5 in steps of 0.1. */
  readonly rating: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}
