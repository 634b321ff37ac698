/** A typed array that doubles when it is full, so that a row costs its bytes and no objects. */
export interface Column {
  readonly length: number;
  at(index: number): number;
  push(value: number): void;
  set(index: number, value: number): void;
}

type TypedArray = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** @example const prices = createColumn((size) => new Int32Array(size)); prices.push(4900); */
export function createColumn(make: (size: number) => TypedArray, initial = 1_024): Column {
  let cells = make(initial);
  let length = 0;
  return {
    get length() {
      return length;
    },
    // Reading past the end is a mistake of the caller's and shows up as NaN, never as another row's value.
    at: (index) => cells[index] ?? Number.NaN,
    push(value) {
      if (length === cells.length) {
        const larger = make(cells.length * 2);
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
