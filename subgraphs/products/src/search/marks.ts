/** Marks on rows, for whoever walks over rows in an order and takes only some. Made once, so that no walk costs memory. */
export interface Marks {
  /**
   * Does something while these rows are marked and no others.
   *
   * @param rowCount more than the highest row
   */
  during<Result>(
    rows: Int32Array,
    rowCount: number,
    work: (isMarked: (row: number) => boolean) => Result,
  ): Result;
}

/** @example const marks = createMarks(); marks.during(answering, rows.count, (isMarked) => order.filter(isMarked)); */
export function createMarks(): Marks {
  let cells = new Uint8Array(1_024);
  const isMarked = (row: number): boolean => cells[row] === 1;
  const put = (rows: Int32Array, mark: 0 | 1): void => {
    for (let place = 0; place < rows.length; place += 1) cells[rows[place] ?? 0] = mark;
  };
  return {
    during(rows, rowCount, work) {
      if (rowCount > cells.length) cells = new Uint8Array(Math.max(rowCount, cells.length * 2));
      put(rows, 1);
      try {
        return work(isMarked);
      } finally {
        put(rows, 0);
      }
    },
  };
}
