import { isInternal } from '@souk/kit/auth';
import type { RequestContext } from '@souk/kit/subgraph';
import type { CommandDeps } from '../commands/deps.js';
import type { CatalogueIndex } from '../search/catalogue-index.js';
import type { ProductReads } from '../store/recent-products.js';
import { type Loaders, createLoaders } from './loaders.js';

/** What every operation shares. */
export interface ContextDeps {
  readonly commands: CommandDeps;
  /** @throws AppError UNAVAILABLE while it is being built */
  readonly index: () => CatalogueIndex;
  /** What shoppers are shown: products as this process has read them, or heard of, a moment ago. */
  readonly recent: ProductReads;
  readonly categories: Loaders['categories'];
}

/** What a resolver gets; made once an operation. */
export interface Context extends RequestContext, ContextDeps {
  readonly loaders: Loaders;
}

/**
 * Staff see what they have just changed on whichever replica, and prices for carts and orders are asked of the database.
 *
 * @example createSubgraph({ ..., createContext: (request) => createContext(deps, request) })
 */
export const createContext = (deps: ContextDeps, request: RequestContext): Context => ({
  ...request,
  ...deps,
  loaders: createLoaders(
    isInternal(request.viewer) ? deps.commands.store.products : deps.recent,
    deps.categories,
  ),
});
