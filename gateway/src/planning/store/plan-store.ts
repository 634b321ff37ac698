import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { QueryPlan } from '@apollo/query-planner';
import { once } from '@souk/kit/lifecycle';
import { codeDigest } from './code-digest.js';

/** Plans that outlive the process. Keys are those of operations. */
export interface PlanStore {
  /** At once where it can; never rejects: what cannot be read is planned again. */
  get(key: string): QueryPlan | undefined | Promise<QueryPlan | undefined>;
  set(key: string, plan: QueryPlan): void;
  /** Writes what is not written yet. Never rejects: what cannot be kept is planned again. */
  flush(): Promise<void>;
}

/** Stands for all that plans depend on besides their operation: the supergraph, the planner, and what is done to both. */
export function planFingerprint(supergraphSdl: string): string {
  return createHash('sha256')
    .update(`${plannerVersion()}\0${planningCode()}\0${supergraphSdl}`)
    .digest('hex')
    .slice(0, 32);
}

/** Its own file says so. */
const plannerVersion = (): string =>
  (createRequire(import.meta.url)('@apollo/query-planner/package.json') as { version: string }).version;

/**
 * All code of the planning folder: it changes what the planner is given, and what it makes. So nobody has to remember
 * that a plan which an earlier Souk kept may not be one of today's.
 */
const planningCode = once((): string => {
  const self = fileURLToPath(import.meta.url);
  // A bundle has all of it beside itself; sources and a build have it in the folder above.
  return codeDigest(path.join(path.dirname(self), path.extname(self) === '.mjs' ? '.' : '..'));
});

/** Whether something that was read is one of ours. */
export const isPlan = (value: unknown): value is QueryPlan =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'QueryPlan';
