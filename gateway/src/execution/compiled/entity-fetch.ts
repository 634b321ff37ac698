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
import type { Place } from './places.js';
import { objectsAt, type PlanPath } from './targets.js';

export interface EntityFetchParts {
  readonly fetch: FetchNode;
  readonly place: Place;
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
  const { place, ask, representation, merge, rewrite } = parts;
  const onAnswer = (answer: ExecutionResult): void => rewrite?.(dataOf(answer)?.['_entities']);
  const newPool = (run: Run): EntityPool => createEntityPool(run, ask, onAnswer);
  const poolOf = (run: Run): EntityPool =>
    parts.pool === undefined ? newPool(run) : (run.pools[parts.pool] ??= newPool(run));

  return async (run) => {
    const targets = place.targets(run);
    if (targets.length === 0) return;
    const pool = poolOf(run);
    const entities = targets.map((target) => pool.find(target, representation));
    const batches = batchesOf(entities);
    for (const batch of batches) if (!batch.settled) await batch.done;

    const own = copying(parts);
    for (let index = 0; index < targets.length; index += 1) {
      const value = entities[index]?.value;
      const target = targets[index];
      if (target && isObject(value)) merge(target, own ? own(value) : value);
    }
    for (const batch of batches) reportBatch(run, batch, parts, { targets, entities });
  };
}

/** How answers are copied before they are added; undefined where they may be added as they are. */
function copying({
  sharing,
  hasCompany,
  place,
}: EntityFetchParts): ((value: JsonObject) => JsonObject) | undefined {
  switch (sharing()) {
    case 'everywhere':
      return undefined;
    case 'here':
      return hasCompany ? copyOnce() : undefined;
    case 'nowhere':
      // Where each entity is one object, it has one place in this fetch.
      return place.joins && !hasCompany ? undefined : copyJson;
  }
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
  { fetch, place: { path } }: EntityFetchParts,
  { targets, entities }: Asked,
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
  let concerned: readonly ConcernedObject[] | undefined;
  for (const error of errors) {
    const entity = error.path?.[0] === '_entities' ? asked[Number(error.path[1])] : undefined;
    if (!entity || !error.path) {
      run.errors.push(answerError(error, serviceName, path));
      continue;
    }
    concerned ??= concernedBy(run, path, { targets, entities });
    const rest = error.path.slice(2);
    for (const place of concerned) {
      if (place.entity === entity) run.errors.push(answerError(error, serviceName, [...place.path, ...rest]));
    }
  }
}

/** The objects of a fetch, and what was asked for each. */
interface Asked {
  readonly targets: readonly JsonObject[];
  readonly entities: readonly (PooledEntity | undefined)[];
}

interface ConcernedObject {
  readonly path: readonly (string | number)[];
  readonly entity: PooledEntity | undefined;
}

/** All places of the client's answer that a fetch was for. */
function concernedBy(run: Run, path: PlanPath, { targets, entities }: Asked): readonly ConcernedObject[] {
  const entityOf = new Map(targets.map((target, index) => [target, entities[index]]));
  return objectsAt(run.data, path).map((place) => ({ path: place.path, entity: entityOf.get(place.object) }));
}
