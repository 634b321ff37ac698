import type { RequestContext } from '@souk/kit/subgraph';
import type { CommandDeps } from '../commands/deps.js';
import type { CatalogueIndex } from '../search/catalogue-index.js';
import { type Loaders, createLoaders } from './loaders.js';

/** What every operation shares. */
export interface ContextDeps {
  readonly commands: CommandDeps;
  /** @throws AppError UNAVAILABLE while it is being built */
  readonly index: () => CatalogueIndex;
}

/** What a resolver gets; made once an operation. */
export interface Context extends RequestContext, ContextDeps {
  readonly loaders: Loaders;
}

/** @example createSubgraph({ ..., createContext: (request) => createContext(deps, request) }) */
export const createContext = (deps: ContextDeps, request: RequestContext): Context => ({
  ...request,
  ...deps,
  loaders: createLoaders(deps.commands.store),
});
