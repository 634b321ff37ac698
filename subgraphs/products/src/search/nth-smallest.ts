/**
 * The value that would stand at `rank` if the values were sorted, in a time that grows with how many there are and not
 * with the sorting of them. Puts them into another order.
 *
 * @param rank from 0; below `values.length`
 * @example nthSmallest(new Int32Array([30, 10, 20]), 1); // 20
 */
export function nthSmallest(values: Int32Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const larger = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = larger;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return pivot;
  }
  return values[rank] ?? 0;
}
