import { batchById } from '@souk/kit/graphql';
import type { RequestContext } from '@souk/kit/subgraph';
import type { CommandDeps } from '../commands/deps.js';

/** What a resolver gets; made once an operation. */
export interface Context extends RequestContext {
  readonly deps: CommandDeps;
  readonly stock: ReturnType<typeof createStockLoader>;
}

const createStockLoader = ({ store }: CommandDeps) =>
  batchById(
    (ids: readonly string[]) => store.items.find([...new Set(ids)]),
    (item) => item.variantId,
  );

/** @example createSubgraph({ ..., createContext: (request) => createContext(deps, request) }) */
export const createContext = (deps: CommandDeps, request: RequestContext): Context => ({
  ...request,
  deps,
  stock: createStockLoader(deps),
});
