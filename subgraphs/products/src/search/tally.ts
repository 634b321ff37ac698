/** What some of very many rows are worth, collected row by row: only the rows that are touched cost anything. */
export interface Tally {
  /** Must be called before rows below `rowCount` are touched. */
  makeRoom(rowCount: number): void;
  /** A row is worth this much, unless it is worth more already. */
  raise(row: number, worth: number): void;
  /** A row is worth this much more. */
  add(row: number, worth: number): void;
  /**
   * Gives what was collected, and begins anew.
   *
   * @param often rows that were added to less often are left out, unless all were @default 1
   */
  take(often?: number): Taken;
}

/** What was collected of some rows. */
export interface Taken {
  readonly rows: Int32Array;
  /** By the same places as `rows`. */
  readonly worth: Float32Array;
  /** False if no row was added to often enough: these are all that were touched, or there are none. */
  readonly isOftenEnough: boolean;
}

/** @example const tally = createTally(); tally.makeRoom(100); tally.raise(7, 2.5); const { rows, worth } = tally.take(); */
export function createTally(): Tally {
  let worths = new Float32Array(1_024);
  let times = new Uint8Array(1_024);
  let touched = new Int32Array(1_024);
  let count = 0;
  const touch = (row: number): void => {
    if (times[row] === 0) {
      touched[count] = row;
      count += 1;
    }
    times[row] = (times[row] ?? 0) + 1;
  };
  return {
    makeRoom(rowCount) {
      if (rowCount <= worths.length) return;
      // Nothing is collected between two queries, so there is nothing to copy.
      const room = Math.max(rowCount, worths.length * 2);
      [worths, times, touched] = [new Float32Array(room), new Uint8Array(room), new Int32Array(room)];
    },
    raise(row, worth) {
      if (worth <= (worths[row] ?? 0)) return;
      if (worths[row] === 0) touch(row);
      worths[row] = worth;
    },
    add(row, worth) {
      touch(row);
      worths[row] = (worths[row] ?? 0) + worth;
    },
    take(often = 1) {
      const all = touched.subarray(0, count);
      const enough = often > 1 ? countOften(all, times, often) : 0;
      const rows = new Int32Array(enough || count);
      const worth = new Float32Array(rows.length);
      let taken = 0;
      for (let index = 0; index < count; index += 1) {
        const row = all[index] ?? 0;
        if (enough === 0 || (times[row] ?? 0) >= often) {
          rows[taken] = row;
          worth[taken] = worths[row] ?? 0;
          taken += 1;
        }
        worths[row] = times[row] = 0;
      }
      const isOftenEnough = often > 1 ? enough > 0 : count > 0;
      count = 0;
      return { rows, worth, isOftenEnough };
    },
  };
}

function countOften(rows: Int32Array, times: Uint8Array, often: number): number {
  let count = 0;
  for (let index = 0; index < rows.length; index += 1) {
    if ((times[rows[index] ?? 0] ?? 0) >= often) count += 1;
  }
  return count;
}
