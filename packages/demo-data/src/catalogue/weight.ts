import { createRandom } from '../random/random.js';
import { DEFAULT_SEED, type DemoProduct, type DemoVariant } from './product.js';

/** What a thing of each leaf weighs, in grams; where it says so itself, that counts. */
const TYPICAL: Readonly<Record<string, number>> = {
  headphones: 280,
  earbuds: 60,
  speakers: 3_400,
  turntables: 6_200,
  microphones: 520,
  perfumes: 310,
  'face-care': 140,
  soaps: 130,
  'hair-dryers': 520,
  toothbrushes: 160,
  't-shirts': 170,
  jackets: 820,
  jeans: 640,
  knitwear: 430,
  dresses: 330,
  laptops: 1_600,
  monitors: 5_400,
  keyboards: 860,
  mice: 95,
  storage: 110,
  chairs: 7_800,
  desks: 34_000,
  shelves: 21_000,
  sofas: 58_000,
  beds: 62_000,
  knives: 210,
  cookware: 1_700,
  kettles: 1_200,
  'coffee-makers': 3_900,
  tableware: 540,
  'table-lamps': 1_800,
  'pendant-lights': 2_200,
  candles: 420,
  'wall-clocks': 890,
  mirrors: 7_300,
  tents: 2_600,
  'sleeping-bags': 1_200,
  bottles: 290,
  'camping-stoves': 340,
  'head-torches': 78,
  smartphones: 190,
  tablets: 480,
  smartwatches: 45,
  'power-banks': 230,
  cameras: 640,
  sneakers: 780,
  boots: 1_300,
  backpacks: 900,
  handbags: 720,
  wallets: 95,
  'yoga-mats': 1_400,
  bicycles: 12_500,
  weights: 8_000,
  balls: 430,
  rackets: 290,
  'board-games': 1_100,
  'building-sets': 950,
  'soft-toys': 260,
  puzzles: 620,
  scooters: 3_600,
};

/** A box, and what keeps the thing from rattling in it: a share of the weight, and grams. */
const PACKAGING = { share: 0.08, grams: 30 };

/** What a variant weighs in its packaging, in grams: the same for the same seed. */
export function weightFor(
  product: Pick<DemoProduct, 'categorySlug' | 'attributes'>,
  variant: Pick<DemoVariant, 'id' | 'options'>,
  seed: number = DEFAULT_SEED,
): number {
  const net = statedGrams(product, variant) ?? guessedGrams(product.categorySlug, variant.id, seed);
  return roundedTo(net < 1_000 ? 5 : 50, net * (1 + PACKAGING.share) + PACKAGING.grams);
}

function statedGrams(
  { attributes }: Pick<DemoProduct, 'attributes'>,
  { options }: Pick<DemoVariant, 'options'>,
): number | undefined {
  const stated =
    options.find(({ name }) => name === 'Weight')?.value ??
    attributes.find(({ id }) => id === 'weight')?.value;
  const [, number, unit] = /^([\d.]+) (g|kg)$/.exec(stated ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * (unit === 'kg' ? 1_000 : 1);
}

function guessedGrams(leaf: string, variantId: string, seed: number): number {
  const typical = TYPICAL[leaf];
  if (typical === undefined) throw new Error(`What do ${leaf} weigh? Add the leaf to catalogue/weight.ts.`);
  return typical * (0.85 + 0.3 * createRandom(seed, `weight ${variantId}`).next());
}

const roundedTo = (step: number, grams: number): number => Math.max(step, Math.round(grams / step) * step);
