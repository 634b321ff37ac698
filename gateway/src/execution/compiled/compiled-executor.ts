import type { GraphQLError } from 'graphql';
import type { FetchCache } from '../../caching/fetch-cache.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { createLruMap } from '../../planning/lru-map.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import type { ExecutionRequest, Executor } from '../executor.js';
import { type ReportFailure, shapeErrors } from '../shape-errors.js';
import { textResult, withExtensions } from '../text-result.js';
import { type CompiledOperation, compileOperation } from './compile-operation.js';
import { type Conditions, conditionsOf } from './conditions.js';
import { unexplained } from './unexplained.js';

/** What the executor works with. */
export interface CompiledExecutorDeps {
  readonly supergraph: LoadedSupergraph;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /** Knows what fetches of queries answered before. @default undefined: nothing is kept */
  readonly fetchCache?: FetchCache | undefined;
  /** Told about each failure whose message must not reach clients. */
  readonly report: ReportFailure;
  /** Most compiled operations kept; each combination of conditions is one. @default 1000 */
  readonly limit?: number;
}

const NONE: readonly GraphQLError[] = [];

/**
 * Runs plans as generated code: each operation is compiled at first sight, once for each combination of the values
 * that its @skip and @include depend on.
 */
export function createCompiledExecutor(deps: CompiledExecutorDeps): Executor {
  const { limit = 1000, report } = deps;
  const conditions = createLruMap<string, Conditions>(limit);
  const compiled = createLruMap<string, CompiledOperation>(limit);

  const conditionsFor = (key: string, operation: CheckedOperation): Conditions => {
    const known = conditions.get(key) ?? conditionsOf(operation);
    conditions.set(key, known);
    return known;
  };

  const compile = ({ plan, operation, variables }: ExecutionRequest): CompiledOperation => {
    const key = `${operation.hash}:${operation.name ?? ''}`;
    const decided = conditionsFor(key, operation);
    const variant = `${key}:${decided.keyFor(variables)}`;
    const known = compiled.get(variant);
    if (known) return known;
    const made = compileOperation(operation, plan, {
      ...deps,
      conditionValue: (name) => decided.valueIn(variables, name),
    });
    compiled.set(variant, made);
    return made;
  };

  return {
    async execute(request) {
      const { requestId, viewer } = request.context;
      const denied = request.operation.restriction?.errors(viewer, request.variables) ?? NONE;
      const shaped = (errors: readonly unknown[]): readonly GraphQLError[] =>
        shapeErrors({ errors }, requestId, report).errors ?? [];
      try {
        const operation = compile(request);
        const run = await operation.fetch(request);
        if (request.call) request.call.answered = run.data;
        const { data, errors } = operation.write(run);
        if (run.errors.length === 0 && run.stale === undefined)
          return textResult(data, denied === NONE ? errors : [...denied, ...errors]);
        const reported = shaped(run.errors);
        const result = textResult(data, [...denied, ...reported, ...unexplained(errors, reported)]);
        return run.stale ? withExtensions(result, { stale: run.stale }) : result;
      } catch (error) {
        return textResult('null', [...denied, ...shaped([error])]);
      }
    },
  };
}
