/**
 * Delta debugging: finds few items that still make something fail, by trying ever smaller parts of them. Nothing can be
 * left out of the result, unless the time was over before.
 *
 * @param items all of them together fail
 * @param fails tries some of them, in their order
 * @param isOver ends the search with the fewest items found so far @default never
 * @example await ddmin([1, 2, 3, 4, 5, 6, 7, 8], async (some) => some.includes(3) && some.includes(7)); // [3, 7]
 */
export async function ddmin<Item>(
  items: readonly Item[],
  fails: (some: readonly Item[]) => Promise<boolean>,
  isOver: () => boolean = () => false,
): Promise<readonly Item[]> {
  if (items.length === 0 || isOver()) return items;
  if (await fails([])) return [];
  let rest = items;
  for (let parts = 2; rest.length > 1;) {
    const smaller = await firstThatFails(candidates(rest, parts), fails, isOver);
    if (isOver() && !smaller) return rest;
    if (smaller) {
      // A part fails as the whole did: start anew with it. What is left without a part: go on with the parts left.
      parts = smaller.isPart ? 2 : Math.max(2, parts - 1);
      rest = smaller.items;
    } else if (parts === rest.length) return rest;
    else parts = Math.min(rest.length, parts * 2);
  }
  return rest;
}

interface Candidate<Item> {
  readonly items: readonly Item[];
  /** False for all but a part. */
  readonly isPart: boolean;
}

/** Each part alone, then everything but each part. */
function candidates<Item>(items: readonly Item[], parts: number): Candidate<Item>[] {
  const bounds = Array.from({ length: parts }, (_, index) =>
    [index, index + 1].map((edge) => Math.floor((edge * items.length) / parts)),
  );
  const alone = bounds.map(([from, to]) => ({ items: items.slice(from, to), isPart: true }));
  // Of two parts, each is all but the other.
  if (parts === 2) return alone;
  const without = bounds.map(([from = 0, to = 0]) => ({
    items: [...items.slice(0, from), ...items.slice(to)],
    isPart: false,
  }));
  return [...alone, ...without];
}

async function firstThatFails<Item>(
  all: readonly Candidate<Item>[],
  fails: (some: readonly Item[]) => Promise<boolean>,
  isOver: () => boolean,
): Promise<Candidate<Item> | undefined> {
  for (const candidate of all) {
    if (isOver()) return undefined;
    if (await fails(candidate.items)) return candidate;
  }
  return undefined;
}
