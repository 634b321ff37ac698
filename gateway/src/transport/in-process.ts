import { AppError } from '@souk/kit/errors';
import type { SubgraphApp } from '@souk/kit/subgraph';
import type { ExecutionResult } from 'graphql';
import { outOfTime } from '../operation/deadline.js';
import type { SubgraphRequest, SubgraphTransport } from './subgraph-transport.js';

/**
 * Reaches a subgraph that lives in this process: no socket, no serialisation, and the request context is passed as
 * the typed object it is. The subgraph's life cycle stays with whoever started it.
 *
 * @example new Map([['orders', inProcessTransport(ordersApp)]])
 */
export function inProcessTransport(app: SubgraphApp): SubgraphTransport {
  const { name } = app;
  return {
    name,
    execute: (request) => (request.signal ? untilAborted(app, request) : app.execute(request)),
    subscribe: (request) => app.subscribe(request),
    checkReady: () => app.checkReady(),
    close: async () => {},
  };
}

/** A resolver that is stuck keeps nobody waiting who has no time left. */
function untilAborted(app: SubgraphApp, request: SubgraphRequest): Promise<ExecutionResult> {
  const { signal, call } = request;
  return new Promise((resolve, reject) => {
    const giveUp = (): void =>
      reject(call?.deadline?.hasPassed ? outOfTime(app.name) : nobodyWaits(app.name));
    if (signal?.aborted) return giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    const end = (): void => signal?.removeEventListener('abort', giveUp);
    app.execute(request).then(
      (result) => {
        end();
        resolve(result);
      },
      (error: unknown) => {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

const nobodyWaits = (subgraph: string): AppError =>
  new AppError('UNAVAILABLE', `Nobody waits for the ${subgraph} subgraph any more.`);
