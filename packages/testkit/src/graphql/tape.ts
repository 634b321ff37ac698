/** Choices, read from a list of numbers. */
export interface Tape {
  /** A number below `options`. */
  choose(options: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  /** @throws Error if there is nothing to pick from */
  pick<Item>(items: readonly Item[]): Item;
}

/**
 * Reads choices from numbers. When they are at an end every choice is the first one, and nothing happens by chance:
 * fast-check finds something small by shortening the list.
 */
export function createTape(numbers: readonly number[]): Tape {
  let position = 0;
  const choose = (options: number): number => (numbers[position++] ?? 0) % options;
  return {
    choose,
    chance: (percent) => choose(100) >= 100 - percent,
    pick(items) {
      const item = items[choose(items.length)];
      if (item === undefined) throw new Error('There must be something to pick from.');
      return item;
    },
  };
}
