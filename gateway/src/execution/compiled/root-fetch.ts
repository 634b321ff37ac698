import { AppError } from '@souk/kit/errors';
import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import { escapesOf } from '../escapes.js';
import { failedFetch } from '../failed-fetch.js';
import { answerError, errorsOf } from './answer-errors.js';
import { type Ask, dataOf } from './ask.js';
import type { JsonObject } from './json.js';
import { copyJson, mergeObject } from './merge.js';
import type { Rewrite } from './rewrites.js';
import type { Run, Step } from './run.js';
import type { Place } from './places.js';
import { objectsAt, type PlanPath } from './targets.js';

export interface RootFetchParts {
  readonly fetch: FetchNode;
  readonly place: Place;
  readonly ask: Ask;
  readonly rewrite: Rewrite | undefined;
}

/** A fetch of root fields. It usually answers for the root itself, or for objects of the type Query further down. */
export function compileRootFetch({ fetch, place, ask, rewrite }: RootFetchParts): Step {
  const { serviceName, operation } = fetch;
  const { path } = place;
  return async (run) => {
    const targets = place.targets(run);
    if (targets.length === 0) return;
    try {
      takeRootAnswer(run, await ask(run), { subgraph: serviceName, operation, path, rewrite, targets });
    } catch (cause) {
      run.errors.push(...placed(failedFetch(serviceName, operation, cause), serviceName, run, path));
    }
  };
}

export interface RootAnswerPlace {
  readonly subgraph: string;
  /** What was asked. */
  readonly operation: string;
  readonly path: PlanPath;
  readonly rewrite: Rewrite | undefined;
  readonly targets: readonly JsonObject[];
}

/** Joins an answer for root fields with what is known. An event of a subscription is such an answer. */
export function takeRootAnswer(run: Run, answer: ExecutionResult, place: RootAnswerPlace): void {
  const { subgraph, operation, path, rewrite, targets } = place;
  const data = dataOf(answer);
  let errors = errorsOf(answer);
  if (!data && errors.length === 0) errors = failedFetch(subgraph, operation, withoutData(subgraph));
  run.errors.push(...placed(errors, subgraph, run, path));
  if (!data) return;
  run.escapes |= escapesOf(answer);
  rewrite?.(data);
  targets.forEach((target, index) =>
    mergeObject(target, index === 0 && targets.length === 1 ? data : copyJson(data)),
  );
}

/** No data is only half an answer, unless it says why. */
const withoutData = (subgraph: string): AppError =>
  new AppError('UNAVAILABLE', `The ${subgraph} subgraph answered without data. Try again shortly.`);

/** Errors of root fields stand where those fields will be, for each object they were asked for. */
function placed(
  errors: readonly Parameters<typeof answerError>[0][],
  subgraph: string,
  run: Run,
  path: PlanPath,
) {
  if (errors.length === 0) return [];
  if (path.length === 0) return errors.map((error) => answerError(error, subgraph));
  return objectsAt(run.data, path).flatMap((place) =>
    errors.map((error) => answerError(error, subgraph, [...place.path, ...(error.path ?? [])])),
  );
}
