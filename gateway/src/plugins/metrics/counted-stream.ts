import type { ExecutionResult } from 'graphql';
import type { Gauge } from 'prom-client';

/** The same stream, counted in the gauge for as long as it runs. */
export function countedStream(
  stream: AsyncIterable<ExecutionResult>,
  gauge: Gauge,
): AsyncIterableIterator<ExecutionResult> {
  const source = stream[Symbol.asyncIterator]();
  let running = true;
  gauge.inc();
  const stop = (): void => {
    if (running) gauge.dec();
    running = false;
  };
  const DONE: IteratorResult<ExecutionResult, undefined> = { done: true, value: undefined };
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
      return DONE;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
