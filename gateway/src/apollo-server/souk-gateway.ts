import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { Cancellation } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { RequestContext } from '@souk/kit/subgraph';
import type { GraphQLSchema } from 'graphql';
import { buildEngine } from '../engine/build-engine.js';
import type { Engine } from '../engine/engine.js';
import { plainResult } from '../execution/text-result.js';
import type { Identity } from '../identity/identity.js';
import type { OverrideOptions } from '../planning/overrides/override-options.js';
import type { AuthorizationOptions } from '../plugins/authorization/authorization-options.js';
import { createAuthorizer } from '../plugins/authorization/authorizer.js';
import { createPlanner } from '../planning/planner.js';
import { limitsOf } from '../plugins/limits/limits-options.js';
import type { SubgraphAddress, SubgraphTransport } from '../transport/subgraph-transport.js';

/** What {@link soukGateway} is made of. */
export interface SoukGatewayOptions {
  readonly supergraphSdl: string;
  /** How to reach a subgraph. Asked once for each subgraph of each supergraph; what it made is closed on `stop`. */
  readonly transportFor: (subgraph: SubgraphAddress) => SubgraphTransport;
  readonly logger: Logger;
  /** Which fields under `@override(label:)` have moved. @default those under `percent(x)` */
  readonly overrides?: OverrideOptions;
  /**
   * What subgraphs learn about the request, from the context that Apollo Server made.
   * @default an anonymous viewer
   */
  readonly contextOf?: (contextValue: Record<string, unknown>) => Omit<RequestContext, 'requestId'>;
  /**
   * What `@authenticated`, `@requiresScopes` and `@policy` go by.
   * @default the viewer of `contextOf`, with the roles for scopes and without claims
   */
  readonly identityOf?: (contextValue: Record<string, unknown>) => Identity;
  /** How those directives are enforced. @default {}: what is denied is null */
  readonly authorization?: Omit<AuthorizationOptions, 'mode'>;
}

/** The gateway's engine in the form that Apollo Server takes, and the way to give it a new supergraph. */
export interface SoukGateway extends GatewayInterface {
  /** @throws SupergraphError and keeps the old one if the new one cannot be used. */
  update(supergraphSdl: string): void;
}

/**
 * The same planner and compiled execution behind Apollo Server, for those who live in its plugins. Apollo Server then
 * does what the walk does here: HTTP, limits, identity, caching.
 *
 * @throws SupergraphError if the supergraph cannot be used.
 * @example new ApolloServer({ gateway: soukGateway({ supergraphSdl, transportFor: ({ name, url }) => httpTransport({ name, url }), logger }) });
 */
export function soukGateway(options: SoukGatewayOptions): SoukGateway {
  const { logger, transportFor, contextOf = () => ({ viewer: ANONYMOUS }), authorization = {} } = options;
  const { identityOf = (context) => identityByRoles(contextOf(context).viewer) } = options;
  const authorize = authorization.enforce === false ? undefined : createAuthorizer(authorization, logger);
  const listeners = new Set<Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]>();
  const limits = limitsOf(false);
  const build = (sdl: string): Engine =>
    buildEngine(sdl, {
      transportFor,
      // Apollo Server has its own limits, and has read the document already.
      limits,
      report: (failure) =>
        logger.error({ ...failure, err: failure.error, error: undefined }, 'operation failed'),
      overrides: options.overrides,
      plannerFor: (supergraph) => createPlanner(supergraph, { logger }),
    });
  let engine = build(options.supergraphSdl);
  const tell = (listener: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]): void => {
    const apiSchema: GraphQLSchema = engine.supergraph.api.schema;
    listener({ apiSchema, coreSupergraphSdl: engine.supergraph.sdl });
  };
  const close = ({ transports, planner }: Engine): Promise<unknown> =>
    Promise.allSettled([
      planner.close(),
      ...[...transports.values()].map((transport) => transport.close(500)),
    ]);

  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load() {
      listeners.forEach(tell);
      return {
        async executor({ source, operationName, request, context, queryHash }) {
          const { documents, overrides, planner, executor, supergraph } = engine;
          const asked = documents.check(source, operationName ?? undefined);
          if (!('document' in asked)) return { errors: asked };
          const about = contextOf(context);
          const allowed = authorize ? await authorize(asked, supergraph, identityOf(context)) : asked;
          const operation = overrides ? overrides(allowed, about) : allowed;
          const plan = await planner.plan(operation);
          const result = await executor.execute({
            plan,
            operation,
            variables: request.variables ?? {},
            context: {
              ...about,
              requestId: request.http?.headers.get('x-request-id') ?? queryHash,
            },
            signal: new Cancellation(),
          });
          // Its own type asks for objects of any kind.
          return plainResult(result) as Awaited<ReturnType<GatewayExecutor>>;
        },
      };
    },
    update(sdl) {
      const before = engine;
      engine = build(sdl);
      listeners.forEach(tell);
      void before.planner.retire();
      // Operations that began before the update may still be asking.
      setTimeout(() => void close(before), 30_000).unref();
    },
    async stop() {
      await close(engine);
    },
  };
}

const identityByRoles = (viewer: Viewer): Identity => ({
  viewer,
  scopes: new Set(viewer.kind === 'user' ? viewer.roles : []),
  claims: {},
});

type GatewayExecutor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
