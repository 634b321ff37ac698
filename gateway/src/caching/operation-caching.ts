import type { CheckedOperation } from '../operation/checked-operation.js';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { type CachePolicy, policyOf } from './cache-policy.js';
import type { Caching, SupergraphCaching } from './caching.js';
import { type CollectTags, compileTags } from './dependencies.js';
import { fragmentsOf } from './fragments.js';
import { Kind } from 'graphql';

/** What one operation means for caches. */
export type OperationCaching =
  /** A query whose whole response may be kept. */
  | {
      readonly kind: 'query';
      readonly policy: CachePolicy;
      readonly collectTags: CollectTags | undefined;
      /** Tells operations apart in keys. */
      readonly id: string;
    }
  /** A mutation: the subgraphs it asks to change something. */
  | { readonly kind: 'mutation'; readonly subgraphs: readonly string[] }
  | { readonly kind: 'none' };

const NONE: OperationCaching = { kind: 'none' };

/** Decides once for each operation. */
export function createOperationCaching(
  caching: Pick<Caching, 'of'>,
): (operation: CheckedOperation, supergraph: LoadedSupergraph) => OperationCaching {
  const known = new WeakMap<CheckedOperation, OperationCaching>();
  return (operation, supergraph) => {
    const before = known.get(operation);
    if (before) return before;
    const of = caching.of(supergraph);
    const decided = of ? decide(operation, supergraph, of) : NONE;
    known.set(operation, decided);
    return decided;
  };
}

function decide(
  operation: CheckedOperation,
  { full }: LoadedSupergraph,
  { hints, version }: SupergraphCaching,
): OperationCaching {
  const { definition, document } = operation;
  const fragments = fragmentsOf(document);
  if (operation.kind === 'mutation') {
    const mutation = full.getMutationType();
    const names = definition.selectionSet.selections.flatMap((selection) =>
      selection.kind === Kind.FIELD && mutation ? hints.ownersOf(mutation, selection.name.value) : [],
    );
    return { kind: 'mutation', subgraphs: [...new Set(names)] };
  }
  const query = full.getQueryType();
  // What is left of it is for this viewer, and says so in errors.
  if (operation.kind !== 'query' || !query || operation.restriction) return NONE;
  const scope = { schema: full, hints, fragments };
  const policy = policyOf(definition.selectionSet, [query], scope);
  if (policy.maxAge <= 0) return NONE;
  return {
    kind: 'query',
    policy,
    collectTags: compileTags([definition.selectionSet], [query], scope),
    id: `${version} ${operation.hash} ${operation.name ?? ''}`,
  };
}
