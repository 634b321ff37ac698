import type { GraphQLError } from 'graphql';
import type { FetchCache } from '../../caching/fetch-cache.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { createLruMap, type LruMap } from '../../planning/lru-map.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import type { ExecutionRequest, Executor } from '../executor.js';
import { type ReportFailure, shapeErrors } from '../shape-errors.js';
import type { IsShown } from '../shown-errors.js';
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
  /** Which errors of subgraphs clients may read as they are. @default those with a code of their own */
  readonly isShown?: IsShown;
}

const NONE: readonly GraphQLError[] = [];

/** Most combinations of conditions for which one operation is kept compiled. */
const VARIANTS = 64;

/** An operation, compiled for each combination of its conditions. */
interface Variants {
  readonly conditions: Conditions;
  readonly compiled: LruMap<string, CompiledOperation>;
}

/**
 * Runs plans as generated code: each operation is compiled at first sight, once for each combination of the values
 * that its @skip and @include depend on. What is compiled lives as long as the operation, which the cache of documents
 * bounds.
 */
export function createCompiledExecutor(deps: CompiledExecutorDeps): Executor {
  const { report } = deps;
  const known = new WeakMap<CheckedOperation, Variants>();

  const variantsOf = (operation: CheckedOperation): Variants => {
    const before = known.get(operation);
    if (before) return before;
    const variants = {
      conditions: conditionsOf(operation),
      compiled: createLruMap<string, CompiledOperation>(VARIANTS),
    };
    known.set(operation, variants);
    return variants;
  };

  const compile = ({ plan, operation, variables }: ExecutionRequest): CompiledOperation => {
    const { conditions, compiled } = variantsOf(operation);
    const variant = conditions.keyFor(variables);
    const before = compiled.get(variant);
    if (before) return before;
    const made = compileOperation(operation, plan, {
      ...deps,
      conditionValue: (name) => conditions.valueIn(variables, name),
    });
    compiled.set(variant, made);
    return made;
  };

  return {
    async execute(request) {
      const { requestId, viewer } = request.context;
      const denied = request.operation.restriction?.errors(viewer, request.variables) ?? NONE;
      const shaped = (errors: readonly unknown[]): readonly GraphQLError[] =>
        shapeErrors({ errors }, requestId, report, deps.isShown).errors ?? [];
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
