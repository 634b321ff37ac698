import { Cancellation } from '@souk/kit/lifecycle';
import type { ExecutionResult } from 'graphql';
import type { ExecutionRequest, Executor } from './executor.js';
import { shareText } from './text-result.js';

/** An execution that several requests wait for. */
interface SharedExecution {
  readonly result: Promise<ExecutionResult>;
  readonly abort: Cancellation;
  waiting: number;
}

/**
 * Runs equal queries that are under way at the same time once. Equal means all that may change an answer: operation,
 * variables, viewer, cart and address of the client, and what of its headers reaches subgraphs, so two people never share. Mutations and events of subscriptions
 * always run for themselves. Fetches are given up when the last one who waits has left.
 *
 * What is shared beyond the answer is the request id in subgraphs' logs: that of the request that came first.
 */
export function shareInFlight(executor: Executor): Executor {
  const running = new Map<string, SharedExecution>();

  const begin = (key: string, request: ExecutionRequest): SharedExecution => {
    const abort = new Cancellation();
    const result = executor.execute({ ...request, signal: abort });
    const execution: SharedExecution = { result, abort, waiting: 0 };
    running.set(key, execution);
    const end = (): void => {
      if (running.get(key) === execution) running.delete(key);
    };
    result.then(end, end);
    return execution;
  };

  return {
    async execute(request) {
      const { operation, signal, event } = request;
      if (operation.kind !== 'query' || event || signal.aborted) return executor.execute(request);
      const key = keyOf(request);
      const before = running.get(key);
      const execution = before ?? begin(key, request);
      execution.waiting += 1;
      let stopWaiting: (() => void) | undefined;
      const left = new Promise<undefined>((resolve) => (stopWaiting = () => resolve(undefined)));
      const leave = (): void => {
        stopWaiting?.();
        execution.waiting -= 1;
        if (execution.waiting > 0) return;
        // Whoever comes now must not wait for what was given up.
        if (running.get(key) === execution) running.delete(key);
        execution.abort.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      try {
        const result = await Promise.race([execution.result, left]);
        if (!result) {
          // Without time it asks nobody, and answers what that means for each fetch.
          return await (request.call?.deadline?.hasPassed ? executor.execute(request) : execution.result);
        }
        if (before) shareText(result);
        return result;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
}

const keyOf = ({ operation, variables, context, call }: ExecutionRequest): string => {
  const { viewer, cartToken, clientAddress } = context;
  const client = [viewer, cartToken, clientAddress, call?.forwarded];
  return JSON.stringify([operation.hash, operation.name, client, variables]);
};
