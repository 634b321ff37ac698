/**
 * The first `count` of many in an order, without sorting the rest.
 *
 * @param compare a total order
 * @returns in order
 */
export function createBest<Item>(count: number, compare: (a: Item, b: Item) => number) {
  const best: Item[] = [];
  return {
    offer(item: Item): void {
      const last = best[count - 1];
      if (last !== undefined && compare(item, last) >= 0) return;
      let low = 0;
      let high = best.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        // `middle` is below `high`, so there is an item.
        if (compare(best[middle] as Item, item) <= 0) low = middle + 1;
        else high = middle;
      }
      best.splice(low, 0, item);
      if (best.length > count) best.pop();
    },
    /** The item that the next better one will push out; undefined while there is room. */
    worst: (): Item | undefined => best[count - 1],
    items: (): readonly Item[] => best,
  };
}
