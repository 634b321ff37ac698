import type { CancelSignal } from '@souk/kit/lifecycle';
import type { ExecutionResult, GraphQLError } from 'graphql';

export interface JoinEventsOptions {
  readonly events: AsyncIterable<ExecutionResult>;
  /** Adds what other subgraphs know about the event. */
  readonly join: (event: ExecutionResult) => Promise<ExecutionResult>;
  /** Ends the upstream stream and fetches that are under way. */
  readonly end: () => void;
  readonly signal: CancelSignal;
  /** What a failed upstream stream is to the client. */
  readonly asFailure: (cause: unknown) => GraphQLError;
}

const DONE: IteratorResult<ExecutionResult, undefined> = { done: true, value: undefined };

/**
 * Joins each event and hands the results on in order, one at a time: a slow client slows the upstream down instead
 * of filling memory.
 *
 * Not an async generator on purpose: a generator that waits in `next()` queues `return()` behind it, and a client
 * that leaves would keep its upstream stream open until the next event.
 */
export function joinEvents(options: JoinEventsOptions): AsyncIterableIterator<ExecutionResult> {
  const { join, end, signal, asFailure } = options;
  const upstream = options.events[Symbol.asyncIterator]();
  let ended = false;
  let settlePending: (() => void) | undefined;

  const close = (): void => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', close);
    end();
    settlePending?.();
    // Not awaited: an upstream that never settles its own return() must not hold the client's.
    void Promise.resolve(upstream.return?.()).catch(() => {});
  };
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });

  const advance = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    try {
      const step = await upstream.next();
      if (!step.done && !ended) return { done: false, value: await join(step.value) };
    } catch (cause) {
      if (!ended) {
        // Else the waiting reader would be told that the stream is over, before it hears why.
        settlePending = undefined;
        close();
        throw asFailure(cause);
      }
    }
    close();
    return DONE;
  };

  return {
    async next() {
      if (ended) return DONE;
      const left = new Promise<typeof DONE>((resolve) => {
        settlePending = () => resolve(DONE);
      });
      return Promise.race([advance(), left]);
    },
    async return() {
      close();
      return DONE;
    },
    async throw(cause: unknown) {
      close();
      throw cause;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
