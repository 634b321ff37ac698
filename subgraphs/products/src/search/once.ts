/**
 * Does the work at the first call and gives its result from then on. What only the work needed is free after it: a result
 * that is kept for long does not keep that alive.
 *
 * @example const facets = once(() => count(rows)); facets(); facets();
 */
export function once<Result>(work: () => Result): () => Result {
  let ahead: (() => Result) | undefined = work;
  let result: Result | undefined;
  return () => {
    if (ahead) {
      result = ahead();
      ahead = undefined;
    }
    // The work is done by now.
    return result as Result;
  };
}
