import type { AttributeSchema, LeafCategory, ProductNoun } from '../taxonomy/types.js';
import type { Random } from '../random/random.js';
import type { DemoAttribute } from './product.js';

/** A product's attributes, and what they do to its price together. */
export interface DrawnAttributes {
  readonly attributes: readonly DemoAttribute[];
  readonly priceFactor: number;
}

/** Draws every attribute of a leaf: first what the noun promises, then what follows from another, then by chance. */
export function drawAttributes(leaf: LeafCategory, noun: ProductNoun, random: Random): DrawnAttributes {
  const values = new Map<string, string>();
  for (const schema of leaf.attributes) {
    values.set(
      schema.id,
      promised(noun, schema, random) ?? following(leaf, schema, values) ?? random.pick(schema.values),
    );
  }
  return {
    attributes: leaf.attributes.map(({ id, label }) => ({ id, label, value: values.get(id) ?? '' })),
    priceFactor: leaf.attributes.reduce((all, schema) => all * priceFactor(schema, values.get(schema.id)), 1),
  };
}

function promised(noun: ProductNoun, schema: AttributeSchema, random: Random): string | undefined {
  const choices = noun.implies?.[schema.id];
  return choices ? random.pick(choices) : undefined;
}

function following(
  leaf: LeafCategory,
  schema: AttributeSchema,
  values: ReadonlyMap<string, string>,
): string | undefined {
  if (schema.follows === undefined) return undefined;
  const leader = leaf.attributes.find(({ id }) => id === schema.follows);
  return schema.values[leader?.values.indexOf(values.get(leader.id) ?? '') ?? -1];
}

function priceFactor(schema: AttributeSchema, value: string | undefined): number {
  return schema.priceFactors?.[schema.values.indexOf(value ?? '')] ?? 1;
}
