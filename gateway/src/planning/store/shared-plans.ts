import { createHash } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import type { Kv } from '@souk/kit/kv';
import { withDeadline } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { isPlan, planFingerprint, type PlanStore } from './plan-store.js';

export interface SharedPlansOptions {
  /** The state that replicas share. */
  readonly kv: Kv;
  readonly supergraphSdl: string;
  readonly logger: Logger;
  /** Most plans of one supergraph. Two operations that fall on the same place take turns. @default 16000 */
  readonly places?: number;
  /** How long a plan is kept after it was made, in milliseconds. @default 604800000: seven days */
  readonly ttlMs?: number;
  /** How long one plan is looked for, or written, in milliseconds; then it is made here. @default 1000 */
  readonly waitMs?: number;
  /** How long nothing is looked for or written after one did not answer, in milliseconds. @default 5000 */
  readonly pauseMs?: number;
}

/**
 * Plans that one replica makes for all. Each has one of a fixed number of places, given by its key, so that no flood
 * of operations fills the store; a place tells whose plan it holds.
 *
 * @example sharedPlans({ kv, supergraphSdl, logger });
 */
export function sharedPlans(options: SharedPlansOptions): PlanStore {
  const {
    kv,
    supergraphSdl,
    logger,
    places = 16_000,
    ttlMs = 604_800_000,
    waitMs = 1_000,
    pauseMs = 5_000,
  } = options;
  const fingerprint = planFingerprint(supergraphSdl);
  const placeOf = (key: string): string => {
    const number = createHash('sha256').update(key).digest().readUInt32BE() % places;
    return `plan:${fingerprint}:${number}`;
  };
  const writing = new Set<Promise<void>>();
  let isAway = false;
  let pausedUntil = 0;
  const isPaused = (): boolean => Date.now() < pausedUntil;
  /** Said once, not for each plan. */
  const away = (error: unknown): undefined => {
    if (!isAway)
      logger.warn({ err: error }, 'shared query plans cannot be reached; this gateway plans for itself');
    isAway = true;
    pausedUntil = Date.now() + pauseMs;
    return undefined;
  };

  const read = async (key: string): Promise<QueryPlan | undefined> => {
    const text = await withDeadline(kv.get(placeOf(key)), waitMs, 'Reading a query plan');
    isAway = false;
    return text === undefined ? undefined : planIn(text, key);
  };
  return {
    get: (key) => (isPaused() ? undefined : read(key).catch(away)),
    set(key, plan) {
      if (isPaused()) return;
      const write = kv.set(placeOf(key), JSON.stringify({ key, plan }), { ttlMs });
      const written = withDeadline(write, waitMs, 'Writing a query plan')
        .then(() => {}, away)
        .finally(() => writing.delete(written));
      writing.add(written);
    },
    async flush() {
      await Promise.all(writing);
    },
  };
}

function planIn(text: string, key: string): QueryPlan | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('key' in kept) || kept.key !== key) return undefined;
    return 'plan' in kept && isPlan(kept.plan) ? kept.plan : undefined;
  } catch {
    return undefined;
  }
}
