import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import { failedFetch } from '../failed-fetch.js';
import { answerError, errorsOf, unusableAnswer } from './answer-errors.js';
import { type Ask, dataOf } from './ask.js';
import { createEntityPool, type EntityBatch, type EntityPool, type PooledEntity } from './entity-pool.js';
import { isObject, type JsonObject } from './json.js';
import { copyJson, type Merge } from './merge.js';
import type { Representation } from './representation.js';
import type { Rewrite } from './rewrites.js';
import type { Run, Step } from './run.js';
import type { Sharing } from './sharing.js';
import { compileCollect, type PlanPath, targetPaths } from './targets.js';

export interface EntityFetchParts {
  readonly fetch: FetchNode;
  readonly path: PlanPath;
  readonly ask: Ask;
  readonly representation: Representation;
  readonly merge: Merge;
  readonly rewrite: Rewrite | undefined;
  /** Whose pool it uses; undefined for one of its own each time (mutations: the entity may have changed). */
  readonly pool: number | undefined;
  /** True if other fetches use the pool as well. */
  readonly hasCompany: boolean;
  readonly sharing: () => Sharing;
}

/** A fetch of entities: finds the objects, asks for each different one once, and adds the answers. */
export function compileEntityFetch(parts: EntityFetchParts): Step {
  const { path, ask, representation, merge, rewrite } = parts;
  const collect = compileCollect(path);
  const onAnswer = (answer: ExecutionResult): void => rewrite?.(dataOf(answer)?.['_entities']);
  const newPool = (run: Run): EntityPool => createEntityPool(run, ask, onAnswer);
  const poolOf = (run: Run): EntityPool =>
    parts.pool === undefined ? newPool(run) : (run.pools[parts.pool] ??= newPool(run));

  return async (run) => {
    const targets: JsonObject[] = [];
    collect(run.data, targets);
    if (targets.length === 0) return;
    const pool = poolOf(run);
    const entities = targets.map((target) => pool.find(target, representation));
    const batches = batchesOf(entities);
    for (const batch of batches) if (!batch.settled) await batch.done;

    const sharing = parts.sharing();
    const own =
      sharing === 'nowhere' ? copyJson : sharing === 'here' && parts.hasCompany ? copyOnce() : undefined;
    for (let index = 0; index < targets.length; index += 1) {
      const value = entities[index]?.value;
      const target = targets[index];
      if (target && isObject(value)) merge(target, own ? own(value) : value);
    }
    for (const batch of batches) reportBatch(run, batch, parts, entities);
  };
}

function batchesOf(entities: readonly (PooledEntity | undefined)[]): Set<EntityBatch> {
  const batches = new Set<EntityBatch>();
  let last: EntityBatch | undefined;
  for (const entity of entities) {
    if (!entity || entity.batch === last) continue;
    last = entity.batch;
    batches.add(last);
  }
  return batches;
}

/** One copy of each answer, however many objects it is for. */
function copyOnce(): (value: JsonObject) => JsonObject {
  const copies = new Map<JsonObject, JsonObject>();
  return (value) => {
    const copy = copies.get(value) ?? copyJson(value);
    copies.set(value, copy);
    return copy;
  };
}

/** Tells of everything that went wrong with a question, at each of this fetch's objects that it concerns. */
function reportBatch(
  run: Run,
  { answer, failure, entities: asked }: EntityBatch,
  { fetch, path }: EntityFetchParts,
  entities: readonly (PooledEntity | undefined)[],
): void {
  const { serviceName } = fetch;
  if (!answer) {
    for (const error of failedFetch(serviceName, fetch.operation, failure)) {
      run.errors.push(answerError(error, serviceName, path));
    }
    return;
  }
  const errors = errorsOf(answer);
  const values = dataOf(answer)?.['_entities'];
  if (errors.length === 0) {
    if (!Array.isArray(values) || values.length !== asked.length) {
      run.errors.push(unusableAnswer(serviceName, 'the entities that were asked for', path));
    }
    return;
  }
  let places: (string | number)[][] | undefined;
  for (const error of errors) {
    const entity = error.path?.[0] === '_entities' ? asked[Number(error.path[1])] : undefined;
    if (!entity || !error.path) {
      run.errors.push(answerError(error, serviceName, path));
      continue;
    }
    places ??= targetPaths(run.data, path);
    const rest = error.path.slice(2);
    entities.forEach((candidate, index) => {
      const place = places?.[index];
      if (candidate === entity && place)
        run.errors.push(answerError(error, serviceName, [...place, ...rest]));
    });
  }
}
