import type { FetchNode, PlanNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { FetchCache } from '../../caching/fetch-cache.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import { compileAsk } from './ask.js';
import { compileEntityFetch } from './entity-fetch.js';
import { fetchFields } from './fetch-fields.js';
import { compileMerge, mergeObject } from './merge.js';
import { compileRepresentation } from './representation.js';
import { compileRewrites } from './rewrites.js';
import { compileRootFetch } from './root-fetch.js';
import type { Run, Step } from './run.js';
import { type PlannedFetch, type Sharing, sharingOf } from './sharing.js';
import { createPlaces } from './places.js';
import type { PlanPath } from './targets.js';

/** What compiling a plan needs to know. */
export interface PlanScope {
  /** The full supergraph's schema: plans speak of types that clients cannot see. */
  readonly schema: GraphQLSchema;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /** True if the same entity may be asked for once in the whole run. */
  readonly sharesEntities: boolean;
  /** Knows what fetches answered before. @default undefined: each is asked anew */
  readonly fetchCache?: FetchCache | undefined;
  /** The value of a variable that decides over @skip or @include. */
  readonly conditionValue: (variable: string) => boolean;
}

/** A plan, ready to run. */
export interface CompiledPlan {
  readonly step: Step;
  /** Tells of a place (response keys with dots between) whether equal entities are one object there. */
  readonly isJoined: (place: string) => boolean;
}

/** Turns a plan into one function. @throws Error if the plan holds something that nobody asked the planner for */
export function compilePlan(node: PlanNode | undefined, scope: PlanScope): CompiledPlan {
  const fetches: PlannedFetch[] = [];
  const places = createPlaces(fetches, scope.sharesEntities);
  const pools = new Map<string, { readonly index: number; users: number }>();

  const compile = (current: PlanNode, path: PlanPath): Step => {
    switch (current.kind) {
      case 'Sequence':
        return inSequence(current.nodes.map((child) => compile(child, path)));
      case 'Parallel':
        return inParallel(current.nodes.map((child) => compile(child, path)));
      case 'Flatten':
        return compile(current.node, [...path, ...current.path.map(String)]);
      case 'Condition': {
        // Operations are compiled for each combination of conditions: the choice is made once, here.
        const chosen = scope.conditionValue(current.condition) ? current.ifClause : current.elseClause;
        return chosen ? compile(chosen, path) : nothing;
      }
      case 'Fetch':
        return compileFetch(current, path);
      case 'Defer':
        throw new Error('The planner made a plan with @defer, which this gateway never asks for.');
    }
  };

  const compileFetch = (fetch: FetchNode, path: PlanPath): Step => {
    const { serviceName, requires } = fetch;
    const transport = scope.transports.get(serviceName);
    if (!transport) throw new Error(`The plan asks the subgraph "${serviceName}", which has no transport.`);
    if (fetch.contextRewrites?.length)
      throw new Error('@fromContext is refused when the supergraph is loaded.');
    const askAnew = compileAsk(fetch, transport, path);
    const ask = scope.fetchCache?.around(fetch, path, askAnew) ?? askAnew;
    const planned = { path, fields: fetchFields(fetch, path), isEntityFetch: requires !== undefined };
    fetches.push(planned);
    const rewrite = compileRewrites(scope.schema, fetch.outputRewrites);
    if (!requires) return compileRootFetch({ fetch, place: places.at(path), ask, rewrite });

    const key = questionKey(fetch);
    const pool = pools.get(key) ?? { index: pools.size, users: 0 };
    pool.users += 1;
    pools.set(key, pool);
    let sharing: Sharing | undefined;
    return compileEntityFetch({
      fetch,
      place: places.at(path),
      ask,
      rewrite,
      representation: compileRepresentation(
        scope.schema,
        requires,
        compileRewrites(scope.schema, fetch.inputRewrites),
      ),
      merge: rewrite ? mergeObject : compileMerge(planned.fields.top),
      pool: scope.sharesEntities ? pool.index : undefined,
      get hasCompany() {
        return pool.users > 1;
      },
      // Known once all fetches are: asked for in the first run.
      sharing: () => (sharing ??= sharingOf(planned, fetches)),
    });
  };

  return { step: node ? compile(node, []) : nothing, isJoined: places.isJoined };
}

const nothing: Step = () => Promise.resolve();

function inSequence(steps: readonly Step[]): Step {
  return async (run: Run) => {
    for (const step of steps) {
      // Nobody waits for the rest, unless time is up: then each fetch that is missing says so.
      if (run.signal.aborted && !run.call?.deadline?.hasPassed) return;
      await step(run);
    }
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}

/** Equal for fetches that ask the same of entities. The planner numbers operation names; they are no difference. */
function questionKey({
  serviceName,
  operation,
  operationName,
  requires,
  inputRewrites,
  outputRewrites,
}: FetchNode): string {
  const nameless = operationName ? operation.replace(operationName, '') : operation;
  return JSON.stringify([serviceName, nameless, requires, inputRewrites, outputRewrites]);
}
