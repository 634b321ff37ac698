import { ANONYMOUS } from '@souk/kit/auth';
import type { ExecutionResult } from 'graphql';
import { madeUpSubgraph } from '../../../__fixtures__/federation/made-up-subgraph.js';
import { silent } from '../../../__fixtures__/tiny-shop.js';
import { createDocumentCache } from '../../../engine/documents.js';
import { createCompiledExecutor } from '../../../execution/compiled/compiled-executor.js';
import { plainResult } from '../../../execution/text-result.js';
import { ANONYMOUS_IDENTITY, type Identity } from '../../../identity/identity.js';
import type { CheckedOperation } from '../../../operation/checked-operation.js';
import { createOperationPlanner } from '../../../planning/operation-planner.js';
import { supergraphToPlan } from '../../../planning/supergraph-to-plan.js';
import { composeSupergraph } from '../../../supergraph/compose.js';
import { loadSupergraph, type LoadedSupergraph } from '../../../supergraph/load.js';
import type { SubgraphTransport } from '../../../transport/subgraph-transport.js';
import type { AuthorizationOptions } from '../authorization-options.js';
import { createAuthorizer } from '../authorizer.js';
import { limitsOf } from '../../limits/limits-options.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy"])\n`;

export const someone = (...scopes: string[]): Identity => ({
  viewer: { kind: 'user', userId: 'u1', roles: [] },
  scopes: new Set(scopes),
  claims: {},
});
export const anyone = ANONYMOUS_IDENTITY;

export type Variables = Readonly<Record<string, unknown>>;

/** Made-up subgraphs behind a planner, an executor and the authoriser: all that a rule needs to be tried. */
export interface GuardedWorld {
  readonly supergraph: LoadedSupergraph;
  /** Queries that subgraphs were asked since the last operation began. */
  readonly asked: readonly string[];
  check(query: string): CheckedOperation;
  authorize(query: string, identity: Identity): Promise<CheckedOperation>;
  /** What an identity gets; everything if there is none. */
  run(query: string, identity?: Identity, variables?: Variables): Promise<ExecutionResult>;
}

export function guardedWorld(
  subgraphs: Readonly<Record<string, string>>,
  options: AuthorizationOptions = {},
): GuardedWorld {
  const { supergraphSdl } = composeSupergraph(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, sdl: LINK + sdl })),
  );
  return guardedSupergraph(supergraphSdl, subgraphs, options);
}

/** For a supergraph that composition of today would not make. */
export function guardedSupergraph(
  supergraphSdl: string,
  subgraphs: Readonly<Record<string, string>>,
  options: AuthorizationOptions = {},
): GuardedWorld {
  const asked: string[] = [];
  const transports = new Map(
    Object.entries(subgraphs).map(([name, sdl]) => {
      const made = madeUpSubgraph(name, LINK + sdl, () => ({ seed: 0, trouble: 0 }));
      return [name, watched(made, asked)];
    }),
  );
  const supergraph = loadSupergraph(supergraphSdl);
  const documents = createDocumentCache(supergraph.api.schema, { limits: limitsOf(false) });
  const planOf = createOperationPlanner(supergraphToPlan(supergraph));
  const executor = createCompiledExecutor({ supergraph, transports, report: () => {} });
  const authorize = createAuthorizer(options, silent);

  const check = (query: string): CheckedOperation => {
    const operation = documents.check(query, undefined);
    if (!('document' in operation)) throw new Error(`${operation.map(String).join('\n')}\n${query}`);
    return operation;
  };
  return {
    supergraph,
    asked,
    check,
    authorize: async (query, identity) => authorize(check(query), supergraph, identity),
    async run(query, identity, variables = {}) {
      const asks = check(query);
      const operation = identity ? await authorize(asks, supergraph, identity) : asks;
      asked.length = 0;
      const result = await executor.execute({
        plan: planOf(operation),
        operation,
        variables,
        context: { viewer: identity?.viewer ?? ANONYMOUS, requestId: 'test' },
        signal: new AbortController().signal,
      });
      return JSON.parse(JSON.stringify(plainResult(result))) as ExecutionResult;
    },
  };
}

function watched(transport: SubgraphTransport, asked: string[]): SubgraphTransport {
  const { executeJson } = transport;
  if (!executeJson) return transport;
  return {
    ...transport,
    executeJson(request) {
      // The engine wrote it.
      asked.push((JSON.parse(request.body) as { query: string }).query);
      return executeJson(request);
    },
  };
}
