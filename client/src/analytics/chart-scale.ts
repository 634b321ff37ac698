/**
 * Round values for the lines of a chart, from 0 to the first at or above the largest value.
 *
 * @param most lines above 0, at most
 * @example ticksTo(870, 4) // [0, 250, 500, 750, 1000]
 */
export function ticksTo(largest: number, most = 4): number[] {
  if (largest <= 0) return [0];
  const rough = largest / most;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude;
  const count = Math.ceil(largest / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Which of many labels to show so that at most `most` are, evenly, the last one included. */
export function labelled(count: number, most = 8): ReadonlySet<number> {
  const every = Math.ceil(count / most);
  return new Set(Array.from({ length: Math.ceil(count / every) }, (_, index) => count - 1 - index * every));
}
