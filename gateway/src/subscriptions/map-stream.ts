/**
 * The same stream with each value changed. Not an async generator: one that waits in `next()` queues `return()` behind
 * it, and a client that leaves would keep its upstream stream open until the next event.
 */
export function mapStream<From, To>(
  stream: AsyncIterable<From>,
  change: (value: From) => To,
): AsyncIterableIterator<To> {
  const source = stream[Symbol.asyncIterator]();
  return {
    async next() {
      const step = await source.next();
      return step.done ? { done: true, value: undefined } : { done: false, value: change(step.value) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
