import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, type Schema, Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphAddress } from '../transport/subgraph-transport.js';
import { SupergraphError } from './supergraph-error.js';

/** A supergraph in the forms that planning, validation and execution need. */
export interface LoadedSupergraph {
  readonly sdl: string;
  readonly subgraphs: readonly SubgraphAddress[];
  /** The planner's own representation. */
  readonly internal: Supergraph;
  /** Every type and field, hidden ones too: for representations sent to subgraphs. */
  readonly full: GraphQLSchema;
  /** What clients may see and ask. */
  readonly api: { readonly schema: GraphQLSchema; readonly internal: Schema };
}

/** Features that plan well but that the executor would run wrongly; a wrong answer is worse than a refusal. */
const NOT_EXECUTED = [
  {
    feature: 'https://specs.apollo.dev/context/',
    problem:
      '@context/@fromContext is used, and the executor does not pass context arguments yet. Pass the value as a field argument, or require it with @requires.',
  },
];

/**
 * Loads a supergraph with the router's feature set, so that @authenticated, @requiresScopes, @policy, @cost and
 * @listSize are accepted.
 *
 * @throws SupergraphError if it is not a supergraph, or uses something that would be executed wrongly.
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  refuseNotExecuted(sdl);
  try {
    const internal = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
    const api = internal.apiSchema();
    return {
      sdl,
      subgraphs: internal.subgraphsMetadata(),
      internal,
      full: internal.schema.toGraphQLJSSchema(),
      api: { schema: api.toGraphQLJSSchema(), internal: api },
    };
  } catch (cause) {
    throw new SupergraphError('The supergraph', [cause instanceof Error ? cause.message : String(cause)], {
      cause,
    });
  }
}

/** @throws SupergraphError if the supergraph uses what the executor would run wrongly. */
export function refuseNotExecuted(sdl: string): void {
  const refused = NOT_EXECUTED.filter(({ feature }) => sdl.includes(feature));
  if (refused.length === 0) return;
  throw new SupergraphError(
    'The supergraph',
    refused.map(({ problem }) => problem),
  );
}
