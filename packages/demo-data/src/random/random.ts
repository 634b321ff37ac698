import { exactExp } from './exact-math.js';
import { hashText, mix32 } from './hash.js';

/** A stream of repeatable choices. Every stream is made from a seed and a name, so streams never disturb each other. */
export interface Random {
  /** 0 inclusive to 1 exclusive. */
  next(): number;
  /** An integer, both ends inclusive. */
  integer(lowest: number, highest: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<Item>(items: readonly Item[]): Item;
  /** `count` distinct items (all of them if there are fewer), in the order of the list. */
  sample<Item>(items: readonly Item[], count: number): Item[];
  shuffle<Item>(items: readonly Item[]): Item[];
  /** Index of a weight, drawn in proportion. */
  weighted(weights: readonly number[]): number;
  /** Mean 0, deviation 1, never beyond 6. */
  normal(): number;
  /** `median` times e^(sigma * normal). */
  logNormal(median: number, sigma: number): number;
}

/**
 * mulberry32 with the choices a generator of demo data makes. Only exact arithmetic: the same on every machine.
 *
 * @example const random = createRandom(7, 'brands'); random.pick(['a', 'b']);
 */
export function createRandom(seed: number, stream: string | number): Random {
  let state = typeof stream === 'number' ? mix32(mix32(seed) ^ stream) : hashText(stream, seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (lowest: number, highest: number): number =>
    lowest + Math.floor(next() * (highest - lowest + 1));
  const normal = (): number => {
    let sum = -6;
    for (let draw = 0; draw < 12; draw += 1) sum += next();
    return sum;
  };
  const shuffle = <Item>(items: readonly Item[]): Item[] => {
    const rest = [...items];
    return items.map(() => rest.splice(integer(0, rest.length - 1), 1)).flat();
  };
  return {
    next,
    integer,
    normal,
    shuffle,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('There is nothing to pick from. Pass a list with items.');
      return item;
    },
    sample(items, count) {
      const chosen = new Set(shuffle(items.map((_, index) => index)).slice(0, count));
      return items.filter((_, index) => chosen.has(index));
    },
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      return index < 0 ? weights.length - 1 : index;
    },
    logNormal: (median, sigma) => median * exactExp(sigma * normal()),
  };
}
