import { composeServices } from '@apollo/composition';
import { type ASTNode, GraphQLError, type Location, parse, printSchema } from 'graphql';
import { stampOrigin } from '../caching/stamp-origin.js';
import { loadSupergraph, refuseNotExecuted } from './load.js';
import { SupergraphError } from './supergraph-error.js';

/** One subgraph as composition sees it. */
export interface SubgraphDefinition {
  readonly name: string;
  /** Its federation SDL. */
  readonly sdl: string;
  /** Where it answers over HTTP; written into the supergraph. @default `http://<name>/graphql` */
  readonly url?: string;
}

/** What composition makes. */
export interface ComposedSupergraph {
  /** For the gateway: types, fields and which subgraph resolves them. */
  readonly supergraphSdl: string;
  /** For clients: what introspection shows. */
  readonly apiSdl: string;
  /** Worth knowing, not wrong. */
  readonly hints: readonly string[];
}

/**
 * Composes subgraphs into one supergraph.
 *
 * @throws SupergraphError that names, for each problem, the code, the subgraph and the place in its SDL.
 * @example const { supergraphSdl } = composeSupergraph(apps.map(({ name, sdl }) => ({ name, sdl })));
 */
export function composeSupergraph(subgraphs: readonly SubgraphDefinition[]): ComposedSupergraph {
  const services = [...subgraphs]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, sdl, url }) => ({
      name,
      url: url ?? `http://${name}/graphql`,
      typeDefs: parseSdl(name, sdl),
    }));
  const result = composeServices(services);
  if (result.errors) throw new SupergraphError('The supergraph', result.errors.map(describe));
  refuseNotExecuted(result.supergraphSdl);
  const supergraphSdl = `${result.supergraphSdl.trim()}\n`;
  return {
    supergraphSdl,
    // Only made when asked for: a launcher that composes at start does not need it.
    get apiSdl() {
      return `${printSchema(loadSupergraph(supergraphSdl).api.schema).trim()}\n`;
    },
    hints: result.hints.map((hint) => `${hint.definition.code}: ${hint.message}`),
  };
}

function parseSdl(name: string, sdl: string) {
  try {
    return stampOrigin(parse(sdl), name);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [place] = error.locations ?? [];
    throw new SupergraphError('The supergraph', [
      `[${name}] schema.graphql${place ? `:${place.line}:${place.column}` : ''} ${error.message}`,
    ]);
  }
}

/** Composition puts the subgraph's name beside each node's location; without it a message is hard to place. */
type SubgraphNode = ASTNode & { readonly subgraph?: string };

function describe(error: GraphQLError): string {
  const code = error.extensions['code'];
  // Nodes from composition are plain AST nodes that carry the subgraph's name in addition.
  const places = ((error.nodes ?? []) as readonly SubgraphNode[])
    .filter((node) => node.loc)
    .map((node) => `${node.subgraph ?? '?'}:${lineOf(node.loc)}`);
  return `${typeof code === 'string' ? `${code} ` : ''}${error.message}${places.length > 0 ? ` (${[...new Set(places)].join(', ')})` : ''}`;
}

const lineOf = (location: Location | undefined): string =>
  location ? `${location.startToken.line}:${location.startToken.column}` : '?';
