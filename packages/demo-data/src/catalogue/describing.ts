import type { LeafCategory, ProductNoun } from '../taxonomy/types.js';
import type { Random } from '../random/random.js';
import type { DemoAttribute } from './product.js';

const OPENINGS = [
  'The {model} is the {noun} {brand} is known for.',
  '{brand} made the {model} for every day, and then made it a little better.',
  'A {noun} without a fuss: the {model} by {brand}.',
  'Meet the {model}, a {noun} that does one thing and does it well.',
  'The {model} began as a sketch on the workshop wall at {brand}.',
  'With the {model}, {brand} shows what a {noun} can be.',
  'Some things you buy once. The {model} wants to be one of them.',
  'The {model} is the {noun} you lend out and always ask back.',
];
const CLOSINGS = [
  'Repairable, with spare parts for ten years.',
  'Packed in cardboard and nothing else.',
  'Thirty days to change your mind.',
  'A favourite of our own team.',
  'Made in small batches.',
  'Designed to be handed on.',
];

/** Openings that speak of one thing do not suit headphones and jeans. */
const PLURAL = /(phones|buds|Jeans|Trousers|Blocks)$/;
const SINGULAR_ONLY = /\b(a|the) \{noun\}/i;

/** Words that keep their capital inside a sentence. */
const PROPER =
  /^(Bluetooth|Blake|Goodyear|Cordura|Damascus|Micro|Four|Thirds|Micarta|French|Chelsea|Moka|Eau|Chef)/;

/**
 * A shop's description: an opening, two or three true sentences about the product, sometimes a closing.
 */
export function describe(
  product: { brand: string; model: string; noun: ProductNoun; attributes: readonly DemoAttribute[] },
  leaf: LeafCategory,
  random: Random,
): string {
  const values = new Map(product.attributes.map(({ id, value }) => [id, value]));
  values.set('brand', product.brand).set('model', product.model).set('noun', midSentence(product.noun.name));
  const openings = PLURAL.test(product.noun.name)
    ? OPENINGS.filter((opening) => !SINGULAR_ONLY.test(opening))
    : OPENINGS;
  const sentences = [
    random.pick(openings),
    ...random.sample(leaf.phrases, random.integer(2, 3)),
    ...(random.chance(0.6) ? [random.pick(CLOSINGS)] : []),
  ];
  return sentences.map((sentence) => fill(sentence, values)).join(' ');
}

function fill(sentence: string, values: ReadonlyMap<string, string>): string {
  const filled = sentence.replace(/\{([a-z-]+)\}/g, (_, id: string, offset: number) => {
    const value = values.get(id) ?? '';
    return offset === 0 || id === 'model' || id === 'brand' ? value : midSentence(value);
  });
  const capital = filled.charAt(0).toUpperCase() + filled.slice(1);
  return capital.replace(/\b([Aa]) (?=[aeio]|uphol)/g, '$1n ');
}

const lowered = new Map<string, string>();

/** `Organic cotton` becomes `organic cotton`; `USB-C`, `75 Hz`, `T-shirt` and `French` stay as they are. */
function midSentence(value: string): string {
  const known = lowered.get(value);
  if (known !== undefined) return known;
  const text = value.replace(/(?<![\p{L}\p{N}-]|\d )\p{Lu}\p{Ll}+(?!-)/gu, (word) =>
    PROPER.test(word) ? word : word.toLowerCase(),
  );
  lowered.set(value, text);
  return text;
}
