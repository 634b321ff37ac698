/** Living rows in one order, kept sorted through additions and removals. */
export interface SortedOrder {
  readonly length: number;
  at(index: number): number;
  /** Merges new rows in. One call for many rows is much cheaper than many calls. */
  add(rows: readonly number[]): void;
  remove(row: number): void;
  /** How many rows come before the first for which `isAfter` holds; it must hold for all behind that one. */
  firstWhere(isAfter: (row: number) => boolean): number;
}

/** @param compare a total order: 0 only for a row and itself */
export function createSortedOrder(compare: (a: number, b: number) => number): SortedOrder {
  let cells = new Int32Array(1_024);
  let length = 0;

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

  return {
    get length() {
      return length;
    },
    at: (index) => cells[index] ?? -1,
    firstWhere,
    add(rows) {
      const sorted = [...rows].sort(compare);
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
    },
    remove(row) {
      const index = firstWhere((other) => compare(other, row) >= 0);
      if (cells[index] !== row || index >= length) return;
      cells.copyWithin(index, index + 1, length);
      length -= 1;
    },
  };
}
