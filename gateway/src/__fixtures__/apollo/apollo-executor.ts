import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import type { ExecutionResult } from 'graphql';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import { type AnswerOnItsWay, createServiceMap } from './service-map.js';
import type { ExecutionRequest, Executor } from '../../execution/executor.js';
import { type ReportFailure, shapeErrors } from '../../execution/shape-errors.js';
import { asRunnable } from './runnable-plan.js';

/** What the executor works with. */
export interface ApolloExecutorDeps {
  readonly supergraph: LoadedSupergraph;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /** Told about each failure whose message must not reach clients. */
  readonly report: ReportFailure;
  /** Shown each answer. @default nobody looks */
  readonly onAnswer?: (seen: AnswerOnItsWay) => void;
  /** Told that it gave up in the middle of a plan. @default nobody is told */
  readonly onLost?: () => void;
}

type RequestContextOfApollo = Parameters<typeof executeQueryPlan>[2];

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Runs plans with the executor of @apollo/gateway over Souk's transports: what the compiled executor is held against. */
export function createApolloExecutor(deps: ApolloExecutorDeps): Executor {
  const { supergraph, transports, report, onAnswer, onLost } = deps;
  const services = createServiceMap(transports, onAnswer);

  const run = async (request: ExecutionRequest): Promise<ExecutionResult> => {
    const { operation, variables } = request;
    const { plan, event } = asRunnable(request);
    const apolloRequest = {
      request: { query: '', variables },
      document: operation.document,
      context: { request, event },
      metrics: {},
      logger: SILENT,
      // executeQueryPlan reads these five fields only; the rest belongs to Apollo Server's pipeline.
    } as unknown as RequestContextOfApollo;
    return executeQueryPlan(
      plan,
      services,
      apolloRequest,
      buildOperationContext({
        schema: supergraph.api.schema,
        operationDocument: operation.document,
        ...(operation.name === undefined ? {} : { operationName: operation.name }),
      }),
      supergraph.full,
      supergraph.api.internal,
    );
  };

  return {
    async execute(request) {
      try {
        return shapeErrors(await run(request), request.context.requestId, report);
      } catch (error) {
        onLost?.();
        return shapeErrors({ data: null, errors: [error] }, request.context.requestId, report);
      }
    },
  };
}
