import { AppError } from '@souk/kit/errors';
import type { Logger } from '@souk/kit/log';
import { holdsCardNumber } from '@souk/kit/secrets';
import type { QueryPlan } from '@apollo/query-planner';
import { print } from 'graphql';
import type { CheckedOperation } from '../operation/checked-operation.js';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { createLruMap } from './lru-map.js';
import type { PlanStore } from './store/plan-store.js';
import { supergraphToPlan } from './supergraph-to-plan.js';
import { createPlanQueue, type PlanJob, type PlanningLimits } from './thread/plan-queue.js';

/** Decides which subgraph is asked for what, and in which order. */
export interface Planner {
  /**
   * The plan: at once if it is in memory, else as soon as it is found or made. It is made in another thread.
   *
   * @param urgency 'ahead' lets everybody go first who waits for a plan. @default 'now'
   * @throws AppError TIMEOUT or UNAVAILABLE, both retryable, if it cannot be made in time
   */
  plan(operation: CheckedOperation, urgency?: 'now' | 'ahead'): QueryPlan | Promise<QueryPlan>;
  /** Plans in memory. */
  readonly size: number;
  /** Another supergraph took over. Calls that run may still ask; the thread ends when they have what they need. */
  retire(): Promise<void>;
  /** Ends the thread; who still waits for a plan is told to try again. */
  close(): Promise<void>;
}

export interface PlannerOptions {
  readonly logger: Logger;
  /** Most plans in memory; those that were used longest ago leave first. @default 1000 */
  readonly limit?: number | undefined;
  /** Where plans are kept besides. @default nowhere */
  readonly store?: PlanStore | undefined;
  /** What planning may take. @default those of {@link PlanningLimits} */
  readonly limits?: PlanningLimits | undefined;
  /** Told about each look-up: whether the plan was known, or is being made already. @default () => {} */
  readonly onLookup?: (hit: boolean) => void;
  /** Told how long a plan took from being asked for, in seconds, and what came of it. @default () => {} */
  readonly onPlanned?: OnPlanned | undefined;
  /** What runs in the thread. @default @apollo/query-planner */
  readonly program?: URL | undefined;
}

/** @param outcome what the client was told: `ok`, `timeout`, or `failed` */
export type OnPlanned = (seconds: number, outcome: 'ok' | 'timeout' | 'failed') => void;

/** How long an operation that took too long to plan is refused without another try, in milliseconds. */
const REFUSED_MS = 60_000;
/** Most operations of that kind that are remembered. */
const REFUSED_LIMIT = 1_000;

/**
 * Keeps plans by operation hash (which labels of `@override` are part of) and operation name; values of variables
 * never change a plan. Requests that need the same new plan wait for one and the same.
 *
 * @throws Error if the supergraph cannot be prepared for planning.
 */
export function createPlanner(supergraph: Pick<LoadedSupergraph, 'sdl'>, options: PlannerOptions): Planner {
  const { logger, limit = 1000, store, limits, program, onLookup = () => {}, onPlanned = () => {} } = options;
  const queue = createPlanQueue({ data: supergraphToPlan(supergraph), logger, limits, program });
  const plans = createLruMap<string, QueryPlan>(limit);
  const underWay = new Map<string, { readonly job: PlanJob; readonly plan: Promise<QueryPlan> }>();
  const refused = createLruMap<string, { readonly until: number; readonly error: AppError }>(REFUSED_LIMIT);

  const keep = (key: string, plan: QueryPlan): QueryPlan => {
    plans.set(key, plan);
    return plan;
  };
  const make = async (key: string, job: PlanJob): Promise<QueryPlan> => {
    const before = refused.get(key);
    if (before && before.until > Date.now()) throw before.error;
    onLookup(false);
    const begin = performance.now();
    const planned = (outcome: Parameters<OnPlanned>[1]): void =>
      onPlanned((performance.now() - begin) / 1_000, outcome);
    try {
      // The thread made it, with the planner's own types.
      const plan = JSON.parse(await queue.plan(job)) as QueryPlan;
      planned('ok');
      // Literals of a document are part of its plan, and a store outlives the process.
      if (!holdsCardNumber(job.document)) store?.set(key, plan);
      return keep(key, plan);
    } catch (error) {
      const isTimeout = error instanceof AppError && error.code === 'TIMEOUT';
      if (isTimeout) refused.set(key, { until: Date.now() + REFUSED_MS, error });
      planned(isTimeout ? 'timeout' : 'failed');
      throw error;
    }
  };
  const findOrMake = async (
    key: string,
    job: PlanJob,
    stored: Promise<QueryPlan | undefined> | undefined,
  ): Promise<QueryPlan> => {
    const found = stored === undefined ? undefined : await stored;
    if (!found) return make(key, job);
    onLookup(true);
    return keep(key, found);
  };

  return {
    get size() {
      return plans.size;
    },
    plan(operation, urgency = 'now') {
      const key = `${operation.hash}:${operation.name ?? ''}`;
      const inMemory = plans.get(key);
      if (inMemory) {
        onLookup(true);
        return inMemory;
      }
      const before = underWay.get(key);
      if (before) {
        onLookup(true);
        if (urgency === 'now') before.job.isUrgent = true;
        return before.plan;
      }
      const stored = store?.get(key);
      if (stored && !(stored instanceof Promise)) {
        onLookup(true);
        return keep(key, stored);
      }
      const { document, name, labels = [] } = operation;
      const job = { document: print(document), name, labels, isUrgent: urgency === 'now' };
      const plan = findOrMake(key, job, stored).finally(() => underWay.delete(key));
      underWay.set(key, { job, plan });
      return plan;
    },
    retire: queue.retire,
    close: queue.close,
  };
}
