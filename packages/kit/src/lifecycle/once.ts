/**
 * Does the work at the first call and gives its result from then on: a promise too, so that whoever calls while the work is
 * under way waits for the same end. Work that throws is tried again. What only the work needed is free after it: a result
 * that is kept for long does not keep that alive.
 *
 * @example return { stop: once(async () => { await drain(server); await database.close(); }) };
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
