import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { PlanningOptions } from '../gateway-options.js';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { createPlanner, type OnPlanned, type Planner } from './planner.js';
import { openPlanFile } from './store/plan-file.js';
import type { PlanStore } from './store/plan-store.js';
import { sharedPlans } from './store/shared-plans.js';

export interface PlannersDeps {
  readonly options: PlanningOptions;
  /** What runs in the thread. @default @apollo/query-planner */
  readonly program?: URL | undefined;
  /** Where plans are kept that replicas share. */
  readonly kv: Kv;
  readonly logger: Logger;
  /** Told about each look-up of a plan. */
  readonly onLookup: (hit: boolean) => void;
  /** Told about each plan that was made. */
  readonly onPlanned: OnPlanned;
}

/** The planner of the supergraph in force, and those of earlier ones that still have something to do. */
export interface Planners {
  /** The one there is if it plans this supergraph; else a new one that takes over. @throws Error, and changes nothing */
  of(supergraph: LoadedSupergraph): Planner;
  /** Resolves once all threads have ended and what is to be kept is written. */
  close(): Promise<void>;
}

/**
 * @throws Error from `of` if plans are to be shared, and there is nothing that replicas share
 * @example const planners = createPlanners({ options: { folder: '.souk/cache' }, kv, logger, onLookup, onPlanned });
 */
export function createPlanners(deps: PlannersDeps): Planners {
  const { options, program, logger, onLookup, onPlanned } = deps;
  const { limit } = options;
  const retiring = new Set<Planner>();
  let inForce:
    { readonly sdl: string; readonly planner: Planner; readonly store: PlanStore | undefined } | undefined;

  const open = (supergraph: LoadedSupergraph): NonNullable<typeof inForce> => {
    const { sdl } = supergraph;
    const store = openStore(sdl, deps);
    return {
      sdl,
      store,
      planner: createPlanner(supergraph, {
        logger,
        limit,
        store,
        limits: options,
        program,
        onLookup,
        onPlanned,
      }),
    };
  };
  return {
    of(supergraph) {
      if (inForce?.sdl === supergraph.sdl) return inForce.planner;
      const before = inForce;
      inForce = open(supergraph);
      if (before) {
        retiring.add(before.planner);
        void before.planner.retire().then(() => retiring.delete(before.planner));
        void before.store?.flush();
      }
      return inForce.planner;
    },
    async close() {
      const all = [...retiring, ...(inForce ? [inForce.planner] : [])];
      await Promise.all([inForce?.store?.flush(), ...all.map((planner) => planner.close())]);
    },
  };
}

function openStore(supergraphSdl: string, { options, kv, logger }: PlannersDeps): PlanStore | undefined {
  const { shared = false, folder, limit } = options;
  if (shared) {
    if (kv.isShared) return sharedPlans({ kv, supergraphSdl, logger });
    throw new Error(
      'planning.shared needs Redis. Set REDIS_URL, or name a folder in planning.folder instead.',
    );
  }
  return folder === undefined ? undefined : openPlanFile({ folder, supergraphSdl, logger, limit });
}
