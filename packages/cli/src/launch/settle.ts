/**
 * Waits until all have ended, whatever becomes of each: nothing goes on behind the back of whoever cleans up.
 *
 * @throws the first failure, in the order given
 */
export async function settleAll<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
