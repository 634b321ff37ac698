import { Cancellation } from '@souk/kit/lifecycle';
import type { ExecutionResult } from 'graphql';
import type { OperationCall } from '../operation/operation-call.js';
import type { ExecutionRequest, Executor } from './executor.js';
import { shareText } from './text-result.js';

/** An execution that several requests wait for. */
interface SharedExecution {
  readonly result: Promise<ExecutionResult>;
  readonly abort: Cancellation;
  /** Where the execution writes what each who waits must be told of its answer. */
  readonly call: OperationCall | undefined;
  waiting: number;
}

/**
 * Runs equal queries that are under way at the same time once. Equal means all that may change an answer: operation,
 * variables, viewer, cart and address of the client, and what of its headers reaches subgraphs, so two people never share. Mutations and events of subscriptions
 * always run for themselves. Fetches are given up when the last one who waits has left.
 *
 * An answer is in flight until all who waited for it have been sent it (docs/adr/0178): who asks meanwhile gets it too.
 * Nobody gets what was begun before a change that they may know of: mutations and events end all sharing that is
 * under way, so that who asks after their answer asks subgraphs anew.
 *
 * What is shared beyond the answer is the request id in subgraphs' logs: that of the request that came first.
 */
export function shareInFlight(executor: Executor): Executor {
  const running = new Map<string, SharedExecution>();

  const begin = (key: string, request: ExecutionRequest): SharedExecution => {
    const abort = new Cancellation();
    // With headers of its own: to those of the first request more is added, which is for nobody else.
    const call: OperationCall | undefined = request.call && { ...request.call, responseHeaders: [] };
    const result = executor.execute({ ...request, ...(call ? { call } : {}), signal: abort });
    const execution: SharedExecution = { result, abort, call, waiting: 0 };
    running.set(key, execution);
    const end = (): void => {
      if (running.get(key) === execution) running.delete(key);
    };
    result.then(() => whenSent(end), end);
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
        // Who ran out of time is answered without it.
        if (call && execution.call && !call.deadline?.hasPassed) tell(call, execution.call, isFirst);
        if (!isFirst) shareText(result);
        resolve(result);
      }, reject);
    });

  return {
    execute(request) {
      const { operation, signal, event } = request;
      if (operation.kind !== 'query' || event) {
        return executor.execute(request).finally(() => running.clear());
      }
      if (signal.aborted) return executor.execute(request);
      const key = keyOf(request);
      return wait(key, running.get(key) ?? begin(key, request), request);
    },
  };
}

/**
 * Tells a request what the answer was made of, and what subgraphs said with it. Cookies are for one client: the first
 * gets them, and the others an answer that is not for all. One of them is enough to keep the answer: the first again.
 */
function tell(call: OperationCall, told: OperationCall, isFirst: boolean): void {
  const { keptUntil, responseHeaders } = told;
  if (keptUntil !== undefined) call.keptUntil = Math.min(call.keptUntil ?? Infinity, keptUntil);
  for (const header of responseHeaders) {
    if (isFirst || header[0].toLowerCase() !== 'set-cookie') call.responseHeaders.push(header);
    else call.cookieWithheld = true;
  }
  if (!isFirst) return;
  call.answered = told.answered;
  // As its walk does at its end (pipeline.ts): who waited outlives the answer.
  told.answered = undefined;
}

/**
 * Does something once an answer that is there now has been sent, and what arrived meanwhile has been handled: answers
 * are written at the end of a turn of the event loop (event-loop/at-turn-end.ts), and requests read in the next one.
 */
const whenSent = (task: () => void): void => void setImmediate(() => setImmediate(task));

const keyOf = ({ operation, variables, context, call }: ExecutionRequest): string => {
  const { viewer, cartToken, clientAddress } = context;
  const client = [viewer, cartToken, clientAddress, call?.forwarded];
  return JSON.stringify([operation.hash, operation.name, client, variables]);
};
