import type { QueryPlan } from '@apollo/query-planner';
import { ANONYMOUS } from '@souk/kit/auth';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { createDocumentCache } from '../../engine/documents.js';
import { createCompiledExecutor } from '../../execution/compiled/compiled-executor.js';
import { plainResult } from '../../execution/text-result.js';
import type { Executor } from '../../execution/executor.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { OperationCall } from '../../operation/operation-call.js';
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
import type { AnswerOnItsWay } from '../apollo/service-map.js';
import { completeBySpecification } from './complete-by-specification.js';
import type { World } from './fate.js';
import { type MadeUpOptions, madeUpSubgraph } from './made-up-subgraph.js';
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
  /**
   * What the oracle's fetches brought, completed by graphql-js: values of wrong types, and where errors are due.
   * Undefined where GraphQL itself has no answer, as of objects of which only an interface is known.
   */
  readonly completed: ExecutionResult | undefined;
  /** True if a subgraph sent values of wrong types. */
  readonly isSpoiled: boolean;
  /** True if the oracle gave up in the middle, so that `completed` can only be made of what we fetched. */
  readonly isLost: boolean;
  /** Where the oracle miscounts the places of errors, because it could not ask for each object: keys, no indices. */
  readonly miscounted: readonly (readonly string[])[];
  /** What our executor asked. */
  readonly asked: readonly Asked[];
  readonly askedByOracle: readonly Asked[];
}

export interface TwoExecutors {
  readonly supergraph: LoadedSupergraph;
  /**
   * Runs an operation twice. For a subscription an event is made up, and each joins it.
   *
   * @param labels which fields under `@override(label:)` have moved. @default those under `percent(x)`
   * @throws Error if the operation is not valid
   */
  run(operation: RandomOperation, world: World, labels?: OverrideOptions['labels']): Promise<Answers>;
}

/** Our executor and that of @apollo/gateway over the same made-up subgraphs, fed by the same planner. */
export function twoExecutors(subgraphs: Subgraphs, options: MadeUpOptions = {}): TwoExecutors {
  let world: World = { seed: 0, trouble: 0 };
  const made = new Map(
    Object.entries(subgraphs).map(([name, sdl]) => [name, madeUpSubgraph(name, sdl, () => world, options)]),
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
  let seen: AnswerOnItsWay[] = [];
  let isLost = false;
  const oracle = createApolloExecutor({
    supergraph,
    transports: watched,
    report,
    onAnswer: (answer) => seen.push(answer),
    onLost: () => (isLost = true),
  });

  return {
    supergraph,
    async run({ query, variables }, world, labels = {}) {
      const valid = documents.check(query, undefined);
      if (!('document' in valid)) throw new Error(`${valid.map(String).join('\n')}\n${query}`);
      const operation = createOverrides(supergraph, { labels })?.(valid, { viewer: ANONYMOUS }) ?? valid;
      enter(world);
      const plan = planOf(operation);
      const event = await eventFor(plan, made, variables);
      // All that our executor does with a call is to say what was answered.
      const call = {} as OperationCall;
      seen = [];
      isLost = false;
      const run = async (executor: Executor): Promise<{ result: ExecutionResult; questions: Asked[] }> => {
        asked.length = 0;
        const result = await executor.execute({
          plan,
          operation,
          variables,
          context: CONTEXT,
          signal: new AbortController().signal,
          call,
          // Each writes into its own.
          ...(event ? { event: JSON.parse(JSON.stringify(event)) as ExecutionResult } : {}),
        });
        return { result: plainResult(result), questions: [...asked] };
      };
      const mine = await run(ours);
      const theirs = await run(oracle);
      const joined = call.answered ?? {};
      return {
        ours: mine.result,
        oracle: theirs.result,
        completed: completeBySpecification(
          supergraph.api.schema,
          operation,
          variables,
          isLost ? joined : joinedByOracle(seen),
        ),
        isSpoiled: seen.some(({ answer }) => answer.extensions?.['isSpoiled'] === true),
        isLost,
        miscounted: miscountedBy(seen, joined),
        asked: mine.questions,
        askedByOracle: theirs.questions,
      };
    },
  };
}

/**
 * What executeQueryPlan knows in the end: it adds to the answers for root fields whatever comes later, and of two
 * answers for one field it keeps the first as far as that is an object.
 */
function joinedByOracle(seen: readonly AnswerOnItsWay[]): Readonly<Record<string, unknown>> {
  const joined: Record<string, unknown> = {};
  for (const { path, answer } of seen) {
    if (path.length > 0) continue;
    for (const [key, value] of Object.entries(answer.data ?? {})) {
      const known = joined[key];
      const isList = Array.isArray(known) && Array.isArray(value);
      const isKept = isList ? known.length === value.length : known && typeof value === 'object' && value;
      if (!isKept && value !== undefined) joined[key] = value;
    }
  }
  return joined;
}

const miscountedBy = (
  seen: readonly AnswerOnItsWay[],
  joined: Readonly<Record<string, unknown>>,
): readonly (readonly string[])[] =>
  seen
    .map(({ path, entities }) => ({ path: path.map(String), entities }))
    .filter(({ path, entities }) => entities !== undefined && valuesAt(joined, path) !== entities)
    .map(({ path }) => path.filter((key) => key !== '@'));

/** How many values there are at a path of a plan, whatever they are: the oracle counts what is no object, too. */
function valuesAt(value: unknown, [step, ...rest]: readonly string[]): number {
  if (value === null || value === undefined) return 0;
  if (step === undefined) return 1;
  if (step !== '@') return valuesAt((value as Readonly<Record<string, unknown>>)[step], rest);
  return Array.isArray(value) ? value.reduce<number>((sum, item) => sum + valuesAt(item, rest), 0) : 0;
}

const CONTEXT = { viewer: ANONYMOUS, requestId: 'test' };

/** What the owner of a subscription might send: graphql-js runs such an operation like any other. */
async function eventFor(
  { node }: QueryPlan,
  made: ReadonlyMap<string, SubgraphTransport>,
  variables: Readonly<Record<string, unknown>>,
): Promise<ExecutionResult | undefined> {
  if (node?.kind !== 'Subscription') return undefined;
  const { serviceName, operation: query, variableUsages = [] } = node.primary;
  const used = variableUsages.filter((name) => name in variables).map((name) => [name, variables[name]]);
  const request = { query, variables: Object.fromEntries(used) as typeof variables, context: CONTEXT };
  return made
    .get(serviceName)
    ?.execute(request)
    .catch((): ExecutionResult => ({ data: null, errors: [new GraphQLError('nothing to tell')] }));
}

/** Our side speaks text, like over HTTP; the oracle does not. */
function watch(transport: SubgraphTransport, asked: Asked[]): SubgraphTransport {
  const { executeJson } = transport;
  if (!executeJson) return transport;
  return {
    ...transport,
    execute(request) {
      asked.push({ subgraph: transport.name, query: request.query as string });
      return transport.execute(request);
    },
    executeJson(request) {
      const { query } = JSON.parse(request.body) as { query: string };
      asked.push({ subgraph: transport.name, query });
      return executeJson(request);
    },
  };
}
