import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse, print } from 'graphql';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { type StandInUses, withStandIns } from './required-arguments.js';
import { resolvableKeysFirst } from './resolvable-keys-first.js';

/** The supergraph in the form that makes the planner plan right; the loaded one if there is nothing to change. */
export function supergraphToPlan({ sdl, internal }: LoadedSupergraph): {
  readonly supergraph: Supergraph;
  readonly uses: StandInUses;
} {
  const document = parse(sdl, { noLocation: true });
  const sorted = resolvableKeysFirst(document);
  const { document: prepared, uses } = withStandIns(sorted);
  if (prepared === document) return { supergraph: internal, uses };
  const supergraph = Supergraph.build(print(prepared), {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  return { supergraph, uses };
}
