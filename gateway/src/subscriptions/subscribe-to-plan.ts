import type { QueryPlan } from '@apollo/query-planner';
import { AppError } from '@souk/kit/errors';
import { Cancellation } from '@souk/kit/lifecycle';
import { GraphQLError } from 'graphql';
import type { Engine } from '../engine/engine.js';
import type { ExecutionRequest } from '../execution/executor.js';
import { failedFetch } from '../execution/failed-fetch.js';
import type { OperationOutcome } from '../operation/operation-call.js';
import { joinEvents } from './join-events.js';

type SubscriptionPlan = Extract<QueryPlan['node'], { kind: 'Subscription' }>;

/**
 * Opens the stream on the subgraph that owns the subscription field. Each event then runs the rest of the plan, so
 * that fields of other subgraphs are fresh on every push.
 */
export async function subscribeToPlan(
  engine: Engine,
  request: ExecutionRequest,
  { primary }: SubscriptionPlan,
): Promise<OperationOutcome> {
  const owner = engine.transports.get(primary.serviceName);
  if (!owner) throw new Error(`The plan asks the subgraph "${primary.serviceName}", which has no transport.`);
  // The stream ends with its client, or when the reader returns: whichever comes first.
  const ended = new Cancellation();
  const leave = (): void => ended.abort();
  const end = (): void => {
    request.signal.removeEventListener('abort', leave);
    ended.abort();
  };
  if (request.signal.aborted) leave();
  request.signal.addEventListener('abort', leave, { once: true });
  try {
    const events = await owner.subscribe({
      query: primary.operation,
      variables: pick(request.variables, primary.variableUsages ?? []),
      ...(primary.operationName ? { operationName: primary.operationName } : {}),
      context: request.context,
      signal: ended,
      fetch: {
        subgraph: primary.serviceName,
        kind: 'subscription',
        operationName: primary.operationName,
        isEntityFetch: false,
        path: [],
      },
      ...(request.call ? { call: request.call } : {}),
    });
    if (!(Symbol.asyncIterator in events)) {
      end();
      return await engine.executor.execute({ ...request, event: events });
    }
    return joinEvents({
      events,
      join: (event) => engine.executor.execute({ ...request, signal: ended, event }),
      end,
      signal: ended,
      asFailure: (cause) => brokenStream(owner.name, cause),
    });
  } catch (error) {
    end();
    return { errors: failedFetch(owner.name, primary.operation, error) };
  }
}

const pick = (values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]));

/** Thrown into the client's stream; `retryable` tells it to subscribe again. */
function brokenStream(subgraph: string, cause: unknown): GraphQLError {
  const known = cause instanceof AppError ? cause : undefined;
  return new GraphQLError(
    known?.message ?? `The stream of the ${subgraph} subgraph broke off. Subscribe again.`,
    {
      extensions: {
        code: known?.code ?? 'UNAVAILABLE',
        retryable: known?.retryable ?? true,
        service: subgraph,
      },
    },
  );
}
