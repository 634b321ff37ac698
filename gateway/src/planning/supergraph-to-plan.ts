import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse, print } from 'graphql';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { withStandIns } from './required-arguments.js';
import { resolvableKeysFirst } from './resolvable-keys-first.js';
import type { StandInUses } from './stand-in.js';

/** What a planner is made of; plain data, so that it can be sent to another thread. */
export interface SupergraphToPlan {
  /** The supergraph in the form that makes the planner plan right; valid. */
  readonly sdl: string;
  readonly uses: StandInUses;
}

/**
 * Prepares a supergraph for the planner.
 * @throws Error if it is no longer valid: better now than at the first operation.
 */
export function supergraphToPlan({ sdl }: Pick<LoadedSupergraph, 'sdl'>): SupergraphToPlan {
  const document = parse(sdl, { noLocation: true });
  const { document: prepared, uses } = withStandIns(resolvableKeysFirst(document));
  if (prepared === document) return { sdl, uses };
  const changed = print(prepared);
  Supergraph.build(changed, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  return { sdl: changed, uses };
}
