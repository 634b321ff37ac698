import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  subscribe,
  validate,
} from 'graphql';
import { maskError } from '../errors/mask.js';
import type { EventLog } from '../events/event-log.js';
import { once } from '../lifecycle/once.js';
import type { Logger } from '../log/logger.js';
import type { HttpRoute, SubgraphApp } from './app.js';
import { createDocumentCache } from './document-cache.js';
import { createExecutor } from './executor.js';
import { stoppable, stopResolvers } from './stop-resolvers.js';
import type { OperationRequest, RequestContext } from './request.js';

/**
 * Resolvers by type name. Their exact types are checked where they are written, against the map that codegen makes
 * from the SDL; here only their outline matters.
 */
export type ResolverMap = Readonly<Record<string, object>>;

type SchemaModules = Exclude<Parameters<typeof buildSubgraphSchema>[0], DocumentNode | unknown[]>;

/** What a subgraph is made of. */
export interface SubgraphOptions<Context extends object> {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: ResolverMap;
  readonly logger: Logger;
  /** Made once an operation: put fresh DataLoaders here. */
  readonly createContext: (request: RequestContext) => Context;
  /** @default [] */
  readonly routes?: readonly HttpRoute[];
  readonly events?: EventLog;
  /** @default () => undefined */
  readonly start?: () => Promise<void>;
  /** @default () => undefined */
  readonly checkReady?: () => Promise<void>;
  /** @default () => undefined */
  readonly stop?: () => Promise<void>;
}

const isStream = (
  value: AsyncIterable<ExecutionResult> | ExecutionResult,
): value is AsyncGenerator<ExecutionResult> => Symbol.asyncIterator in value;

/**
 * Builds a subgraph from its SDL, its resolvers and its life cycle.
 *
 * @example
 * const app = createSubgraph({ name: 'orders', sdl, resolvers, logger, createContext: (request) => ({ ...request, loaders: createLoaders(store) }) });
 */
export function createSubgraph<Context extends object>(options: SubgraphOptions<Context>): SubgraphApp {
  const { name, sdl, logger } = options;
  const schema: GraphQLSchema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    // See ResolverMap: the outline is enough for graphql-js, which resolves by name.
    resolvers: options.resolvers as SchemaModules['resolvers'],
  } as SchemaModules);
  stopResolvers(schema);
  const createContext: SubgraphApp['createContext'] = (request, signal) =>
    // A copy, since a context may be the request itself, which others are given, too.
    signal ? stoppable(options.createContext({ ...request }), signal) : options.createContext(request);
  const documents = createDocumentCache((document) => validate(schema, document));
  const execute = createExecutor(schema);

  const mask = (request: OperationRequest, result: ExecutionResult): ExecutionResult => {
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => maskFor(request, error)) };
  };
  const maskFor = (request: OperationRequest, error: GraphQLError): GraphQLError =>
    maskError(error, ({ errorId, error: cause, path }) => {
      logger.error({ err: cause, errorId, path, requestId: request.context.requestId }, 'resolver failed');
    });
  const executionArgs = (request: OperationRequest, document: DocumentNode) => ({
    document,
    variableValues: request.variables ?? {},
    contextValue: createContext(request.context, request.signal),
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
  });

  return {
    name,
    sdl,
    schema,
    routes: options.routes ?? [],
    events: options.events,
    createContext,
    async execute(request) {
      const { document, errors } = documents.get(request.query);
      if (errors.length > 0) return mask(request, { errors });
      return mask(request, await execute(executionArgs(request, document)));
    },
    async subscribe(request) {
      const { document, errors } = documents.get(request.query);
      if (errors.length > 0) return mask(request, { errors });
      const stream = await subscribe({ schema, ...executionArgs(request, document) });
      if (!isStream(stream)) return mask(request, stream);
      return maskStream(stream, (result) => mask(request, result));
    },
    start: options.start ?? (async () => {}),
    checkReady: options.checkReady ?? (async () => {}),
    stop: once(() => options.stop?.() ?? Promise.resolve()),
  };
}

/**
 * Maps a stream without a generator of its own: a generator that waits in `next()` queues `return()` behind it,
 * so a client that leaves would not be noticed until the next event.
 */
function maskStream(
  stream: AsyncGenerator<ExecutionResult>,
  map: (result: ExecutionResult) => ExecutionResult,
): AsyncIterableIterator<ExecutionResult> {
  const mapped = (step: IteratorResult<ExecutionResult, void>): IteratorResult<ExecutionResult, void> =>
    step.done ? step : { done: false, value: map(step.value) };
  return {
    next: async () => mapped(await stream.next()),
    return: async () => mapped(await stream.return(undefined)),
    throw: async (error: unknown) => mapped(await stream.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
