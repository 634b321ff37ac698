import type { AttributeSchema, ProductNoun, VariantAxis } from './types.js';

/** Colours to choose from, `fewest` to `most` of them a product. */
export const colours = (
  values: readonly string[],
  offers: readonly [number, number] = [1, 3],
): VariantAxis => ({
  name: 'Colour',
  values,
  offers,
  selection: 'any',
});

/** Sizes: an unbroken run of the list. */
export const sizes = (values: readonly string[], offers: readonly [number, number]): VariantAxis => ({
  name: 'Size',
  values,
  offers,
  selection: 'run',
});

/** An axis whose value moves the price: capacity, memory, a set's number of pieces. */
export const priced = (
  name: string,
  steps: Readonly<Record<string, number>>,
  offers: readonly [number, number] = [1, 3],
): VariantAxis => ({
  name,
  values: Object.keys(steps),
  priceFactors: Object.values(steps),
  offers,
  selection: 'run',
});

/** A fact with alternatives that cost the same. */
export const fact = (id: string, label: string, values: readonly string[]): AttributeSchema => ({
  id,
  label,
  values,
});

/** A fact whose value moves the price. */
export const pricedFact = (
  id: string,
  label: string,
  steps: Readonly<Record<string, number>>,
): AttributeSchema => ({
  id,
  label,
  values: Object.keys(steps),
  priceFactors: Object.values(steps),
});

/** A fact that follows from another, position for position: the bigger tent weighs more. */
export const follows = (
  leader: string,
  id: string,
  label: string,
  values: readonly string[],
): AttributeSchema => ({ id, label, values, follows: leader });

/** A noun without promises. */
export const nouns = (...names: readonly string[]): ProductNoun[] => names.map((name) => ({ name }));

/** A noun and what the word itself promises about the product. */
export const promise = (
  name: string,
  implies: Readonly<Record<string, readonly string[]>>,
  priceFactor = 1,
): ProductNoun => ({ name, implies, priceFactor });
