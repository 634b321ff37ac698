import type { QueryPlan } from '@apollo/query-planner';
import { ANONYMOUS } from '@souk/kit/auth';
import type { ExecutionResult } from 'graphql';
import { createDocumentCache } from '../../engine/documents.js';
import { createCompiledExecutor } from '../../execution/compiled/compiled-executor.js';
import { plainResult } from '../../execution/text-result.js';
import type { Executor } from '../../execution/executor.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { createLruMap } from '../../planning/lru-map.js';
import { createOperationPlanner } from '../../planning/operation-planner.js';
import type { OverrideOptions } from '../../planning/overrides/override-options.js';
import { createOverrides } from '../../planning/overrides/overrides.js';
import { supergraphToPlan } from '../../planning/supergraph-to-plan.js';
import { composeSupergraph } from '../../supergraph/compose.js';
import { loadSupergraph, type LoadedSupergraph } from '../../supergraph/load.js';
import { limitsOf } from '../../plugins/limits/limits-options.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import { createApolloExecutor } from '../apollo/apollo-executor.js';
import type { World } from './fate.js';
import { madeUpSubgraph } from './made-up-subgraph.js';
import type { RandomOperation } from '@souk/testkit/graphql';

export type Subgraphs = Readonly<Record<string, string>>;

/** One question to a subgraph. */
export interface Asked {
  readonly subgraph: string;
  readonly query: string;
}

export interface Answers {
  readonly ours: ExecutionResult;
  readonly oracle: ExecutionResult;
  /** What our executor asked. */
  readonly asked: readonly Asked[];
}

export interface TwoExecutors {
  readonly supergraph: LoadedSupergraph;
  /**
   * @param labels which fields under `@override(label:)` have moved. @default those under `percent(x)`
   * @throws Error if the operation is not valid
   */
  run(operation: RandomOperation, world: World, labels?: OverrideOptions['labels']): Promise<Answers>;
}

/** Our executor and that of @apollo/gateway over the same made-up subgraphs, fed by the same planner. */
export function twoExecutors(subgraphs: Subgraphs): TwoExecutors {
  let world: World = { seed: 0, trouble: 0 };
  const made = new Map(
    Object.entries(subgraphs).map(([name, sdl]) => [name, madeUpSubgraph(name, sdl, () => world)]),
  );
  const { supergraphSdl } = composeSupergraph(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, sdl })),
  );
  return compare(supergraphSdl, made, (next) => (world = next));
}

export function compare(
  supergraphSdl: string,
  made: ReadonlyMap<string, SubgraphTransport>,
  enter: (world: World) => void,
): TwoExecutors {
  const supergraph = loadSupergraph(supergraphSdl);
  const asked: Asked[] = [];
  const watched = new Map([...made].map(([name, transport]) => [name, watch(transport, asked)]));
  const report = (): void => {};
  // Random operations know no limits.
  const documents = createDocumentCache(supergraph.api.schema, { limits: limitsOf(false) });
  const makePlan = createOperationPlanner(supergraphToPlan(supergraph));
  const plans = createLruMap<string, QueryPlan>(100);
  const planOf = (operation: CheckedOperation): QueryPlan => {
    const plan = plans.get(operation.hash) ?? makePlan(operation);
    plans.set(operation.hash, plan);
    return plan;
  };
  const ours = createCompiledExecutor({ supergraph, transports: watched, report });
  const oracle = createApolloExecutor({ supergraph, transports: made, report });

  return {
    supergraph,
    async run({ query, variables }, world, labels = {}) {
      const valid = documents.check(query, undefined);
      if (!('document' in valid)) throw new Error(`${valid.map(String).join('\n')}\n${query}`);
      const operation = createOverrides(supergraph, { labels })?.(valid, { viewer: ANONYMOUS }) ?? valid;
      enter(world);
      asked.length = 0;
      const plan = planOf(operation);
      const run = async (executor: Executor, checked: CheckedOperation): Promise<ExecutionResult> => {
        const result = await executor.execute({
          plan,
          operation: checked,
          variables,
          context: { viewer: ANONYMOUS, requestId: 'test' },
          signal: new AbortController().signal,
        });
        return plainResult(result);
      };
      return { ours: await run(ours, operation), oracle: await run(oracle, operation), asked: [...asked] };
    },
  };
}

/** Our side speaks text, like over HTTP. */
function watch(transport: SubgraphTransport, asked: Asked[]): SubgraphTransport {
  const { executeJson } = transport;
  if (!executeJson) return transport;
  return {
    ...transport,
    executeJson(request) {
      const { query } = JSON.parse(request.body) as { query: string };
      asked.push({ subgraph: transport.name, query });
      return executeJson(request);
    },
  };
}
