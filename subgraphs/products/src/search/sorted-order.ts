/** Living rows in one order, kept sorted through additions and removals. */
export interface SortedOrder {
  readonly length: number;
  at(index: number): number;
  /** Takes new rows in. They are merged when somebody looks, or when many have gathered. */
  add(rows: readonly number[]): void;
  remove(row: number): void;
  /** How many rows come before the first for which `isAfter` holds; it must hold for all behind that one. */
  firstWhere(isAfter: (row: number) => boolean): number;
}

/** Merging costs a walk over the whole order, sorting costs more the more there is: a few milliseconds either way. */
const MOST_GATHERED = 2_000;

/** @param compare a total order: 0 only for a row and itself */
export function createSortedOrder(compare: (a: number, b: number) => number): SortedOrder {
  let cells = new Int32Array(1_024);
  let length = 0;
  let gathered: number[] = [];

  const firstWhere = (isAfter: (row: number) => boolean): number => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isAfter(cells[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const makeRoom = (extra: number): void => {
    if (length + extra <= cells.length) return;
    const larger = new Int32Array(Math.max(cells.length * 2, length + extra));
    larger.set(cells.subarray(0, length));
    cells = larger;
  };

  const merge = (): void => {
    if (gathered.length === 0) return;
    const sorted = gathered.sort(compare);
    gathered = [];
    makeRoom(sorted.length);
    // From the back, so that the merge needs no second array.
    let kept = length - 1;
    let write = length + sorted.length - 1;
    for (let next = sorted.length - 1; next >= 0; write -= 1) {
      const incoming = sorted[next] ?? 0;
      const present = cells[kept] ?? 0;
      if (kept >= 0 && compare(present, incoming) > 0) {
        cells[write] = present;
        kept -= 1;
      } else {
        cells[write] = incoming;
        next -= 1;
      }
    }
    length += sorted.length;
  };

  return {
    get length() {
      merge();
      return length;
    },
    at: (index) => cells[index] ?? -1,
    firstWhere(isAfter) {
      merge();
      return firstWhere(isAfter);
    },
    add(rows) {
      gathered.push(...rows);
      if (gathered.length >= MOST_GATHERED) merge();
    },
    remove(row) {
      merge();
      const index = firstWhere((other) => compare(other, row) >= 0);
      if (cells[index] !== row || index >= length) return;
      cells.copyWithin(index, index + 1, length);
      length -= 1;
    },
  };
}
