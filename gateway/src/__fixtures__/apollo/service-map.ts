import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import type { ExecutionResult } from 'graphql';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import type { ExecutionRequest } from '../../execution/executor.js';
import { failedFetch } from '../../execution/failed-fetch.js';
import type { EventOfPlan } from './runnable-plan.js';

/** Stands in a plan for "the event that just arrived"; no subgraph can be named like this. */
export const EVENT_SERVICE = '(event)';

/** What travels through executeQueryPlan as its `context`. */
export interface PlanContext {
  readonly request: ExecutionRequest;
  readonly event?: EventOfPlan;
}

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** One answer on its way into executeQueryPlan, which adds to its data, in place, what it learns later. */
export interface AnswerOnItsWay {
  readonly subgraph: string;
  /** Where the plan asks: response keys, and `@` for each item. */
  readonly path: readonly (string | number)[];
  /** How many entities it was asked for; undefined for root fields. */
  readonly entities: number | undefined;
  readonly answer: ExecutionResult;
}

/** The subgraphs in the form executeQueryPlan asks for. */
export function createServiceMap(
  transports: ReadonlyMap<string, SubgraphTransport>,
  onAnswer: (seen: AnswerOnItsWay) => void = () => {},
): ServiceMap {
  const services: ServiceMap = {};
  const add = (subgraph: string, source: GraphQLDataSource): void => {
    services[subgraph] = {
      async process(options) {
        const answer = await source.process(options);
        const representations: unknown = options.request.variables?.['representations'];
        onAnswer({
          subgraph,
          path: ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [],
          entities: Array.isArray(representations) ? representations.length : undefined,
          // A GraphQL response: see asAnswer.
          answer: answer as ExecutionResult,
        });
        return answer;
      },
    };
  };
  add(EVENT_SERVICE, eventSource);
  for (const [name, transport] of transports) add(name, subgraphSource(transport));
  return services;
}

const contextOf = (options: Parameters<GraphQLDataSource['process']>[0]): PlanContext =>
  // createApolloExecutor puts exactly this there.
  options.context as unknown as PlanContext;

const eventSource: GraphQLDataSource = {
  async process(options) {
    const { event } = contextOf(options);
    if (!event) throw new Error('Only a subscription plan reads the event.');
    const { errors, ...result } = event.result;
    if (!errors) return asAnswer(result);
    const named = errors.map(({ message, path, extensions }) => ({
      message,
      ...(path ? { path } : {}),
      extensions: { ...extensions, service: event.subgraph },
    }));
    return { ...asAnswer(result), errors: named };
  },
};

function subgraphSource(transport: SubgraphTransport): GraphQLDataSource {
  return {
    async process(options) {
      const { request } = contextOf(options);
      const { query = '', variables, operationName } = options.request;
      try {
        return asAnswer(
          await transport.execute({
            query,
            ...(operationName ? { operationName } : {}),
            ...(variables ? { variables } : {}),
            context: request.context,
            signal: request.signal,
          }),
        );
      } catch (error) {
        return asAnswer({ errors: failedFetch(transport.name, query, error) });
      }
    },
  };
}

/** Both are a GraphQL response; Apollo's type only asks for errors that are already formatted. */
const asAnswer = (result: ExecutionResult): Answer => result as Answer;
