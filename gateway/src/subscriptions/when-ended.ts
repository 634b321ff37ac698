/** The same stream; `onEnd` is called once, as soon as it ends, fails, or nobody wants more of it. */
export function whenEnded<Value>(
  stream: AsyncIterable<Value>,
  onEnd: () => void,
): AsyncIterableIterator<Value> {
  const source = stream[Symbol.asyncIterator]();
  let running = true;
  const stop = (): void => {
    if (running) onEnd();
    running = false;
  };
  return {
    async next() {
      try {
        const step = await source.next();
        if (step.done) stop();
        return step;
      } catch (error) {
        stop();
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
