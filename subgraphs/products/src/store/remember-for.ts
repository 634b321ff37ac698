/**
 * Asks at most once in a while, however many want to know. A failure is not remembered.
 *
 * @param ms for how long an answer is good, in milliseconds
 * @example const categories = rememberFor(10_000, () => store.categories.all());
 */
export function rememberFor<Answer>(
  ms: number,
  ask: () => Promise<Answer>,
  now: () => number = () => performance.now(),
): () => Promise<Answer> {
  let known: { readonly answer: Promise<Answer>; readonly askedAt: number } | undefined;
  return () => {
    if (known && now() - known.askedAt <= ms) return known.answer;
    const asked = { answer: ask(), askedAt: now() };
    known = asked;
    asked.answer.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.answer;
  };
}
