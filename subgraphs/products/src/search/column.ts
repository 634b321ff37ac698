/**
 * A growing column of 32-bit integers: a row costs four bytes and no objects. All columns are of one kind on purpose:
 * the loops over them stay fast because the engine sees one type of array only.
 */
export interface Column {
  readonly length: number;
  at(index: number): number;
  push(value: number): void;
  set(index: number, value: number): void;
  /** The cells themselves, for loops over all rows. Good until the next `push`; there may be more cells than rows. */
  cells(): Int32Array;
}

/**
 * @param room rows that there is room for before it grows @default 1024
 * @example const prices = createColumn(); prices.push(4900);
 */
export function createColumn(room = 1_024): Column {
  let cells = new Int32Array(room);
  let length = 0;
  return {
    get length() {
      return length;
    },
    cells: () => cells,
    at: (index) => cells[index] ?? 0,
    push(value) {
      if (length === cells.length) {
        const larger = new Int32Array(cells.length * 2);
        larger.set(cells);
        cells = larger;
      }
      cells[length] = value;
      length += 1;
    },
    set(index, value) {
      cells[index] = value;
    },
  };
}
