import type { QueryPlan } from '@apollo/query-planner';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { FetchCache } from '../../caching/fetch-cache.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import { NO_ESCAPES } from '../escapes.js';
import type { ExecutionRequest } from '../executor.js';
import { completeData } from './complete-data.js';
import { compilePlan } from './compile-plan.js';
import { createIntrospect } from './introspect.js';
import { NOT_PLAIN } from './leaf.js';
import { compileRewrites } from './rewrites.js';
import { takeRootAnswer } from './root-fetch.js';
import type { Run } from './run.js';
import { type ObjectShape, shapeOf } from './shape.js';
import { compileWriter } from './writer.js';

/** An operation whose plan and answer are functions. */
export interface CompiledOperation {
  /** Runs the plan. Never rejects. */
  fetch(request: ExecutionRequest): Promise<Run>;
  /** The data as JSON text, and what had to be left out. */
  write(run: Run): { readonly data: string; readonly errors: readonly GraphQLError[] };
}

export interface CompileScope {
  readonly supergraph: LoadedSupergraph;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /** Knows what fetches of queries answered before. @default undefined: nothing is kept */
  readonly fetchCache?: FetchCache | undefined;
  /** The value of a variable that decides over @skip or @include. */
  readonly conditionValue: (variable: string) => boolean;
}

/** Compiles an operation for one set of conditions. */
export function compileOperation(
  operation: CheckedOperation,
  plan: QueryPlan,
  { supergraph, transports, fetchCache, conditionValue }: CompileScope,
): CompiledOperation {
  const { node } = plan;
  const isSubscription = node?.kind === 'Subscription';
  const { step, isJoined } = compilePlan(isSubscription ? node.rest : node, {
    schema: supergraph.full,
    transports,
    sharesEntities: operation.kind !== 'mutation',
    // A mutation must see what it did, and an event what has just happened.
    fetchCache: operation.kind === 'query' ? fetchCache : undefined,
    conditionValue,
  });
  const { schema } = supergraph.api;
  const shape = shapeOf(operation, { schema, conditionValue });
  if (!node) refuseUnreachable(shape);
  const write = compileWriter(schema, shape, isJoined);

  const takeEvent = (run: Run, event: ExecutionResult | undefined): void => {
    if (!isSubscription) return;
    if (!event) throw new Error('A subscription plan runs once per event: pass the event.');
    const rewrite = compileRewrites(supergraph.full, node.primary.outputRewrites);
    takeRootAnswer(run, event, {
      subgraph: node.primary.serviceName,
      operation: node.primary.operation,
      path: [],
      rewrite,
      targets: [run.data],
    });
  };

  return {
    async fetch({ variables, context, signal, call, event }) {
      const run: Run = {
        variables,
        context,
        signal,
        call,
        data: {},
        escapes: NO_ESCAPES,
        errors: [],
        targets: [],
        pools: [],
        stale: undefined,
      };
      takeEvent(run, event);
      await step(run);
      return run;
    },
    write(run) {
      try {
        if (write) return { data: write(run.data, run.escapes), errors: [] };
      } catch (reason) {
        if (reason !== NOT_PLAIN) throw reason;
      }
      const introspect = createIntrospect(schema, operation.restriction?.asked ?? operation, run.variables);
      const { data, errors } = completeData(schema, run.data, shape, introspect);
      return { data: JSON.stringify(data), errors };
    },
  };
}

/** The planner answers "nothing to fetch" for fields of types that no object can have: an error, not a null. */
function refuseUnreachable({ declared, fieldsOf }: ObjectShape): void {
  const unreachable = (fieldsOf(declared.name) ?? []).find(
    (field) => (field.kind === 'leaf' || field.kind === 'object') && !field.isDenied,
  );
  if (!unreachable) return;
  throw new GraphQLError(
    `No subgraph can answer "${unreachable.key}" with the fields that were asked for. Ask for others; whoever runs the supergraph should make them reachable by a resolvable key.`,
    { path: [unreachable.key], extensions: { code: 'INTERNAL', retryable: false } },
  );
}
