import { AppError } from '@souk/kit/errors';
import type { ExecutionResult } from 'graphql';
import { whenEnded } from '../../subscriptions/when-ended.js';
import type { Fetch, FetchRequest } from '../around-fetches.js';
import { isFault, neverArrived } from '../is-fault.js';
import type { JsonRequest, SubgraphRequest, TextTransport } from '../subgraph-transport.js';
import { createChooser, type Replica, rest } from './replica.js';
import type { ReplicaSet } from './replica-set.js';

export interface BalancedOptions {
  readonly name: string;
  readonly replicas: ReplicaSet;
  /** How long a replica rests after a failure, in milliseconds; doubles with each further one, up to 30 s. */
  readonly restMs: number;
  /** Told when a replica begins to rest. */
  readonly onRest: (replica: string, ms: number, cause: unknown) => void;
  /** @default performance.now */
  readonly now?: () => number;
}

/**
 * One transport out of many: each request goes to the least busy replica that seems well. A request that surely did not
 * arrive goes to another one at once; repeating what may have arrived is up to whoever is around this transport, and
 * meets another replica because the failed one rests.
 */
export function balancedTransport(options: BalancedOptions): TextTransport {
  const { name, replicas, restMs, onRest, now = () => performance.now() } = options;
  const choose = createChooser();
  const noReplicas = (): AppError =>
    new AppError('UNAVAILABLE', `The ${name} subgraph is nowhere to be found. Try again shortly.`);

  const failed = (replica: Replica, error: unknown): void => {
    const ms = isFault(error) ? rest(replica, restMs, now()) : undefined;
    if (ms !== undefined) onRest(replica.key, ms, error);
  };
  const ask = async <Request extends FetchRequest>(
    replica: Replica,
    send: (transport: TextTransport) => Fetch<Request>,
    request: Request,
  ): Promise<ExecutionResult> => {
    replica.requests += 1;
    try {
      const answer = await send(replica.transport)(request);
      replica.faults = 0;
      return answer;
    } catch (error) {
      // A client that left says nothing about the replica.
      if (!request.signal?.aborted) failed(replica, error);
      throw error;
    } finally {
      replica.requests -= 1;
    }
  };
  const balanced =
    <Request extends FetchRequest>(send: (transport: TextTransport) => Fetch<Request>): Fetch<Request> =>
    async (request) => {
      let replica = choose(replicas.current, 'requests', now());
      if (!replica) throw noReplicas();
      const tried = new Set<Replica>();
      for (;;) {
        try {
          return await ask(replica, send, request);
        } catch (error) {
          tried.add(replica);
          const other = neverArrived(error) ? choose(replicas.current, 'requests', now(), tried) : undefined;
          if (!other) throw error;
          replica = other;
        }
      }
    };

  return {
    name,
    execute: balanced<SubgraphRequest>(({ execute }) => execute),
    executeJson: balanced<JsonRequest>(({ executeJson }) => executeJson),
    async subscribe(request) {
      const replica = choose(replicas.current, 'streams', now());
      if (!replica) throw noReplicas();
      const outcome = await replica.transport.subscribe(request);
      if (!(Symbol.asyncIterator in outcome)) return outcome;
      replica.streams += 1;
      return whenEnded(outcome, (failure) => {
        replica.streams -= 1;
        failed(replica, failure);
      });
    },
    /** One that is ready is enough. */
    async checkReady() {
      await Promise.any(replicas.current.map(({ transport }) => transport.checkReady()));
    },
    close: (graceMs) => replicas.close(graceMs),
  };
}
