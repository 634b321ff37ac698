import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { QueryPlan } from '@apollo/query-planner';

/** Plans that outlive the process. Keys are those of operations. */
export interface PlanStore {
  /** At once where it can; never rejects: what cannot be read is planned again. */
  get(key: string): QueryPlan | undefined | Promise<QueryPlan | undefined>;
  set(key: string, plan: QueryPlan): void;
  /** Writes what is not written yet. Never rejects: what cannot be kept is planned again. */
  flush(): Promise<void>;
}

/** To be raised when the same planner's plans come out differently here: supergraph-to-plan.ts, conditional-selections.ts, interface-objects.ts, restore-plan.ts. */
const PREPARATION = 5;

/** Stands for all that plans depend on besides their operation: the supergraph, the planner, and what is done to both. */
export function planFingerprint(supergraphSdl: string): string {
  // Its own file says so.
  const { version } = createRequire(import.meta.url)('@apollo/query-planner/package.json') as {
    version: string;
  };
  return createHash('sha256')
    .update(`${version}\0${PREPARATION}\0${supergraphSdl}`)
    .digest('hex')
    .slice(0, 32);
}

/** Whether something that was read is one of ours. */
export const isPlan = (value: unknown): value is QueryPlan =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'QueryPlan';
