import { AppError } from '@souk/kit/errors';
import { sleep } from '@souk/kit/lifecycle';
import type { ExecutionResult } from 'graphql';
import type { GatewayPlugin } from '../../plugin.js';
import { type Around, aroundFetches, type FetchRequest } from '../../transport/around-fetches.js';
import { isFault } from '../../transport/is-fault.js';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import { type BreakerOptions, createCircuitBreaker } from './circuit-breaker.js';
import { type ConcurrencyOptions, createConcurrencyLimit } from './concurrency-limit.js';
import { createResilienceMetrics, type ResilienceMetrics } from './resilience-metrics.js';
import { createRetryPolicy, type RetryOptions } from './retry.js';

/** How to live with one subgraph's failures. `false` switches a part off. */
export interface SubgraphResilience {
  /** A bound on what waits for it. */
  readonly concurrency?: ConcurrencyOptions | false;
  /** Queries that are asked again. */
  readonly retry?: RetryOptions | false;
  /** A pause for one that keeps failing. */
  readonly breaker?: BreakerOptions | false;
}

export interface ResilienceOptions extends SubgraphResilience {
  /** Subgraphs that differ, by name; each part replaces the common one. @default {} */
  readonly subgraphs?: Readonly<Record<string, SubgraphResilience>>;
}

/**
 * Keeps one sick subgraph from taking the others along: a bound on what waits for it, repeated questions where that
 * is safe, and a pause when it keeps failing. From outside in: concurrency, retry, breaker.
 */
export function resilience(
  options: ResilienceOptions,
  {
    metrics,
    now = () => performance.now(),
  }: { readonly metrics: GatewayMetrics; readonly now?: () => number },
): GatewayPlugin {
  const { subgraphs = {}, ...common } = options;
  const measured = createResilienceMetrics(metrics.registry);
  return {
    name: 'resilience',
    transport(inner) {
      const { concurrency, retry, breaker } = { ...common, ...subgraphs[inner.name] };
      const { name } = inner;
      const layers: Around[] = [];
      if (breaker !== false) layers.push(withBreaker(name, breaker, measured, now));
      if (retry !== false) layers.push(withRetry(name, retry, measured));
      if (concurrency !== false) layers.push(withConcurrency(name, concurrency, measured));
      return layers.reduce(aroundFetches, inner);
    },
  };
}

function withBreaker(
  name: string,
  options: BreakerOptions | undefined,
  metrics: ResilienceMetrics,
  now: () => number,
): Around {
  const breaker = createCircuitBreaker(options);
  const told = (): void => metrics.breaker(name, breaker.state(now()));
  told();
  const onAnswer = (answer: ExecutionResult): ExecutionResult => {
    const at = now();
    const wasOpen = breaker.state(at) !== 'closed';
    breaker.record(true, at);
    if (wasOpen) told();
    return answer;
  };
  return (ask) => (request) => {
    const at = now();
    if (!breaker.admit(at)) return Promise.reject(leftAlone(name, breaker.waitMs(at)));
    return ask(request).then(onAnswer, (error: unknown) => {
      // A client that left says nothing about the subgraph.
      if (request.signal?.aborted || !isFault(error)) breaker.forget();
      else breaker.record(false, now());
      told();
      throw error;
    });
  };
}

function withRetry(name: string, options: RetryOptions | undefined, metrics: ResilienceMetrics): Around {
  const policy = createRetryPolicy(options);
  return (ask) => {
    const again = async (
      request: Parameters<typeof ask>[0],
      error: unknown,
      attempt: number,
    ): Promise<ExecutionResult> => {
      const delayMs = isFault(error) && mayRepeat(request) ? policy.next(attempt) : undefined;
      if (delayMs === undefined) throw error;
      await sleep(delayMs, request.signal);
      // Nobody waits any more.
      if (request.signal?.aborted) throw error;
      metrics.retried(name);
      return ask(request).catch((next: unknown) => again(request, next, attempt + 1));
    };
    return (request) => {
      policy.earn();
      return ask(request).catch((error: unknown) => again(request, error, 1));
    };
  };
}

/** A fetch that is not part of a plan may be anything: it is not repeated. */
const mayRepeat = ({ fetch, signal }: FetchRequest): boolean => fetch?.kind === 'query' && !signal?.aborted;

function withConcurrency(
  name: string,
  options: ConcurrencyOptions | undefined,
  metrics: ResilienceMetrics,
): Around {
  const limit = createConcurrencyLimit(options);
  const refuse = (): Promise<never> => {
    metrics.refused(name);
    return Promise.reject(overloaded(name));
  };
  const onAnswer = (answer: ExecutionResult): ExecutionResult => {
    limit.leave();
    return answer;
  };
  const onFailure = (error: unknown): never => {
    limit.leave();
    throw error;
  };
  return (ask) => (request) => {
    const entered = limit.enter(request.signal);
    if (entered === true) return ask(request).then(onAnswer, onFailure);
    if (entered === false) return refuse();
    return entered.then((mayAsk) => (mayAsk ? ask(request).then(onAnswer, onFailure) : refuse()));
  };
}

const leftAlone = (name: string, waitMs: number): AppError => {
  const retryAfterMs = Math.ceil(waitMs);
  return new AppError(
    'UNAVAILABLE',
    `The ${name} subgraph keeps failing and is left alone for a moment. Try again in ${Math.max(1, Math.ceil(waitMs / 1_000))} s.`,
    { details: { retryAfterMs } },
  );
};

const overloaded = (name: string): AppError =>
  new AppError('UNAVAILABLE', `Too many requests wait for the ${name} subgraph. Try again shortly.`);
