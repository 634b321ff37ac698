/** The same stream; `onEnd` is called once, as soon as it ends, fails (with the reason), or nobody wants more of it. */
export function whenEnded<Value>(
  stream: AsyncIterable<Value>,
  onEnd: (failure?: unknown) => void,
): AsyncIterableIterator<Value> {
  const source = stream[Symbol.asyncIterator]();
  let running = true;
  const stop = (failure?: unknown): void => {
    if (running) onEnd(failure);
    running = false;
  };
  return {
    async next() {
      try {
        const step = await source.next();
        if (step.done) stop();
        return step;
      } catch (error) {
        stop(error);
        throw error;
      }
    },
    async return() {
      stop();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
