import type { DrawingName } from '../art/drawing-name.js';

/** A fact that every product of a leaf has: one of `values`. Numbers carry their unit: `"1.5 l"`. */
export interface AttributeSchema {
  readonly id: string;
  readonly label: string;
  readonly values: readonly string[];
  /**
   * How a value moves the price, by position in `values` (1 = not at all).
   * @default no effect
   */
  readonly priceFactors?: readonly number[];
  /**
   * The value follows from another attribute's: position for position.
   * @default drawn on its own
   */
  readonly follows?: string;
}

/** Something a buyer chooses: size, colour, capacity. */
export interface VariantAxis {
  readonly name: string;
  readonly values: readonly string[];
  /** Fewest and most values a product offers; sizes come as an unbroken run. */
  readonly offers: readonly [number, number];
  /** `run` keeps neighbours together (sizes), `any` takes a sample (colours). */
  readonly selection: 'run' | 'any';
  /** How a value moves the price, by position in `values`. @default no effect */
  readonly priceFactors?: readonly number[];
}

/** What a leaf sells, and what that says about the attributes: a "Leather Wallet" is of leather. */
export interface ProductNoun {
  readonly name: string;
  /** Attribute values that the word itself promises, by attribute id. */
  readonly implies?: Readonly<Record<string, readonly string[]>>;
  /** @default 1 */
  readonly priceFactor?: number;
}

/** How prices of a leaf are spread: log-normal around a median, cut at both ends. In cents. */
export interface PriceCurve {
  readonly median: number;
  /** 0.3 is tight, 0.7 is wide. */
  readonly sigma: number;
  readonly lowest: number;
  readonly highest: number;
}

/** A leaf category with everything that makes its products believable. */
export interface LeafCategory {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly department: string;
  /** How many products it has compared with other leaves. */
  readonly weight: number;
  readonly drawing: DrawingName;
  readonly nouns: readonly ProductNoun[];
  readonly price: PriceCurve;
  readonly attributes: readonly AttributeSchema[];
  readonly axes: readonly VariantAxis[];
  /** Sentences that are true of any product here; `{attribute-id}` stands for the product's own value. */
  readonly phrases: readonly string[];
}

/** A department: what the shop's menu lists. */
export interface Department {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Words that model names are made of here. */
  readonly series: readonly string[];
  /** How a model is numbered here. */
  readonly numbering: NumberingStyle;
  readonly leaves: readonly LeafCategory[];
}

/** `technical`: "X4 Pro", `sized`: "40", `plain`: a name alone. */
export type NumberingStyle = 'technical' | 'sized' | 'plain';

/** A department or leaf as the catalogue stores it. */
export interface DemoCategory {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** A department's slug; null for a department. */
  readonly parentSlug: string | null;
  /** Its place among its siblings, from 0. */
  readonly position: number;
}
