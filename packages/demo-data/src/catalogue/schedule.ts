import { createRandom } from '../random/random.js';
import { leaves } from '../taxonomy/index.js';
import type { LeafCategory } from '../taxonomy/types.js';

/** Every leaf as often as its weight says. */
const round: readonly LeafCategory[] = leaves.flatMap((leaf) =>
  Array.from({ length: leaf.weight }, () => leaf),
);

/**
 * Deals leaves like cards: shuffled rounds in which every leaf comes up as often as its weight, so that even a
 * small shop has something everywhere.
 */
export function createSchedule(seed: number): (index: number) => LeafCategory {
  let dealt = -1;
  let deck: readonly LeafCategory[] = [];
  return (index) => {
    const number = Math.floor(index / round.length);
    if (number !== dealt) {
      deck = createRandom(seed, `round ${number}`).shuffle(round);
      dealt = number;
    }
    const leaf = deck[index % round.length];
    if (!leaf) throw new RangeError(`There is no product number ${index}. Ask for 0 or more.`);
    return leaf;
  };
}
