import type { ExecutionResult, GraphQLError } from 'graphql';

/**
 * The same stream, each event charged when it comes. The one that cannot be paid is replaced by the error, which ends
 * the stream. Not a generator: the `return` of one waits for the next event.
 *
 * @param charge errors if the event cannot be paid
 */
export function chargedStream(
  stream: AsyncIterable<ExecutionResult>,
  charge: () => Promise<readonly GraphQLError[] | undefined>,
): AsyncIterableIterator<ExecutionResult> {
  const source = stream[Symbol.asyncIterator]();
  let hasEnded = false;
  return {
    async next() {
      const step = hasEnded ? END : await source.next();
      if (step.done) return END;
      const errors = await charge();
      if (!errors) return step;
      hasEnded = true;
      await source.return?.();
      return { done: false, value: { errors } };
    },
    async return() {
      await source.return?.();
      return END;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const END: IteratorResult<ExecutionResult, undefined> = { done: true, value: undefined };
