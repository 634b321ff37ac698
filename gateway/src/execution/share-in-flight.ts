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

  /** Waits for an execution until it ends, or its own request does. */
  const wait = (
    key: string,
    execution: SharedExecution,
    request: ExecutionRequest,
  ): Promise<ExecutionResult> =>
    new Promise((resolve, reject) => {
      const { signal, call } = request;
      const isFirst = execution.waiting === 0;
      const leave = (): void => {
        execution.waiting -= 1;
        if (execution.waiting === 0) {
          // Whoever comes now must not wait for what was given up.
          if (running.get(key) === execution) running.delete(key);
          execution.abort.abort();
        }
        // Without time it asks nobody, and answers what that means for each fetch.
        resolve(call?.deadline?.hasPassed ? executor.execute(request) : execution.result);
      };
      execution.waiting += 1;
      signal.addEventListener('abort', leave, { once: true });
      execution.result.then((result) => {
        signal.removeEventListener('abort', leave);
        if (!isFirst) shareText(result);
        resolve(result);
      }, reject);
    });

  return {
    execute(request) {
      const { operation, signal, event } = request;
      if (operation.kind !== 'query' || event || signal.aborted) return executor.execute(request);
      const key = keyOf(request);
      return wait(key, running.get(key) ?? begin(key, request), request);
    },
  };
}

const keyOf = ({ operation, variables, context, call }: ExecutionRequest): string => {
  const { viewer, cartToken, clientAddress } = context;
  const client = [viewer, cartToken, clientAddress, call?.forwarded];
  return JSON.stringify([operation.hash, operation.name, client, variables]);
};
