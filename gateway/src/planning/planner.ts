import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { CheckedOperation } from '../operation/checked-operation.js';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { createLruMap } from './lru-map.js';
import type { PlanStore } from './plan-file.js';
import { restorePlan } from './restore-plan.js';
import { supergraphToPlan } from './supergraph-to-plan.js';

/** Decides which subgraph is asked for what, and in which order. */
export interface Planner {
  /** The plan, from the cache if this operation was planned before. */
  plan(operation: CheckedOperation): QueryPlan;
  /** Plans kept. */
  readonly size: number;
}

export interface PlannerOptions {
  /** Most plans kept. @default 1000 */
  readonly limit?: number;
  /** Where plans are kept besides. @default nowhere */
  readonly store?: PlanStore | undefined;
  /** Told about each look-up. @default () => {} */
  readonly onLookup?: (hit: boolean) => void;
}

/**
 * Plans with @apollo/query-planner. A plan takes tens of milliseconds, so it is cached by operation hash and
 * operation name; values of variables never change a plan.
 */
export function createPlanner(supergraph: LoadedSupergraph, options: PlannerOptions = {}): Planner {
  const { limit = 1000, onLookup = () => {}, store } = options;
  const { supergraph: planned, uses } = supergraphToPlan(supergraph);
  const planner = new QueryPlanner(planned);
  const api = planned.apiSchema();
  const plans = createLruMap<string, QueryPlan>(limit);
  return {
    get size() {
      return plans.size;
    },
    plan(operation) {
      const key = `${operation.hash}:${operation.name ?? ''}`;
      const inMemory = plans.get(key);
      const known = inMemory ?? store?.get(key);
      onLookup(known !== undefined);
      if (known) {
        if (!inMemory) plans.set(key, known);
        return known;
      }
      const built = planner.buildQueryPlan(
        operationFromDocument(api, operation.document, {
          validate: false,
          ...(operation.name === undefined ? {} : { operationName: operation.name }),
        }),
      );
      const plan = uses.size > 0 ? restorePlan(built, uses) : built;
      plans.set(key, plan);
      store?.set(key, plan);
      return plan;
    },
  };
}
