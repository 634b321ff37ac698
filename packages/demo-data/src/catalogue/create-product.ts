import { demoId } from '../random/ids.js';
import { type Random, createRandom } from '../random/random.js';
import { departmentBySlug } from '../taxonomy/index.js';
import type { LeafCategory, ProductNoun } from '../taxonomy/types.js';
import { drawAttributes } from './attributes.js';
import { type DemoBrand, brandsOf } from './brands.js';
import { describe } from './describing.js';
import { modelName, slugOf } from './naming.js';
import { basePrice, shopPrice } from './pricing.js';
import type { DemoProduct, DemoVariant } from './product.js';
import { type VariantPlan, planVariants } from './variants.js';

const FIRST_DAY = Date.UTC(2022, 2, 1);
const LAST_DAY = Date.UTC(2026, 5, 30);
const SECOND = 1_000;

/** Every variant's number is `product * 32 + place`, so that ids never meet. */
const VARIANT_ROOM = 32;

/**
 * Product number `index` of a seed. It depends on nothing else, except that a name that is taken is drawn again.
 *
 * @param takenSlugs grows by the product's slug
 */
export function createProduct(
  seed: number,
  index: number,
  leaf: LeafCategory,
  takenSlugs: Set<string>,
): DemoProduct {
  const random = createRandom(seed, index + 1);
  const brandChoices = brandsOf(leaf.department);
  const brand = brandChoices[random.weighted(brandChoices.map(({ popularity }) => popularity))];
  if (!brand) throw new Error(`The department ${leaf.department} has no brands. Add it to the taxonomy.`);
  const noun = random.pick(leaf.nouns);
  const { attributes, priceFactor } = drawAttributes(leaf, noun, random);
  const plans = planVariants(leaf, random);
  const base = basePrice(
    leaf.price,
    [brand.priceFactor, noun.priceFactor ?? 1, priceFactor],
    rangeOf(plans),
    random,
  );
  const { model, name, slug } = findName(leaf, brand, noun, takenSlugs, random);
  return {
    id: demoId('prd', seed, index),
    slug,
    name,
    description: describe({ brand: brand.name, model, noun, attributes }, leaf, random),
    brand: brand.name,
    categorySlug: leaf.slug,
    attributes,
    variants: plans.map((plan, place) => createVariant(seed, index, place, plan, base, brand, leaf)),
    popularity: Math.max(
      1,
      Math.min(1_000_000, Math.round(60_000 * brand.popularity * random.logNormal(1, 1.1))),
    ),
    rating: Math.max(25, Math.min(50, Math.round(42 + 4 * random.normal()))) / 10,
    createdAt: new Date(
      FIRST_DAY + Math.floor((random.next() * (LAST_DAY - FIRST_DAY)) / SECOND) * SECOND,
    ).toISOString(),
  };
}

function findName(
  leaf: LeafCategory,
  brand: DemoBrand,
  noun: ProductNoun,
  taken: Set<string>,
  random: Random,
): { model: string; name: string; slug: string } {
  const department = departmentBySlug(leaf.department);
  for (let attempt = 0; ; attempt += 1) {
    const model = modelName(department?.series ?? [], department?.numbering ?? 'plain', attempt, random);
    const name = `${brand.name} ${model} ${noun.name}`;
    const slug = slugOf(name);
    if (taken.has(slug)) continue;
    taken.add(slug);
    return { model, name, slug };
  }
}

function createVariant(
  seed: number,
  index: number,
  place: number,
  plan: VariantPlan,
  base: number,
  brand: DemoBrand,
  leaf: LeafCategory,
): DemoVariant {
  const number = index * VARIANT_ROOM + place;
  const code = [brand.name, leaf.slug].map((text) =>
    text
      .replace(/[^a-z]/gi, '')
      .slice(0, 3)
      .toUpperCase(),
  );
  return {
    id: demoId('var', seed, number),
    sku: `${code.join('-')}-${index.toString(36).toUpperCase().padStart(4, '0')}-${place + 1}`,
    options: plan.options,
    priceMinor: shopPrice(base * plan.priceFactor),
  };
}

function rangeOf(plans: readonly VariantPlan[]): readonly [number, number] {
  const factors = plans.map((plan) => plan.priceFactor);
  return [Math.min(...factors), Math.max(...factors)];
}
