import { batchById } from '@souk/kit/graphql';
import type { RequestContext } from '@souk/kit/subgraph';
import DataLoader from 'dataloader';
import type { CommandDeps } from '../commands/deps.js';
import type { StockWatch } from '../events/stock-watch.js';
import type { Holder } from '../store/holders.js';

/** What resolvers share, made once a process. */
export interface ResolverDeps {
  readonly deps: CommandDeps;
  readonly watch: StockWatch;
}

/** What a resolver gets; made once an operation. */
export interface Context extends RequestContext, ResolverDeps {
  readonly stock: ReturnType<typeof createStockLoader>;
  /** Who holds a variant's units. */
  readonly holders: DataLoader<string, readonly Holder[]>;
}

const createStockLoader = ({ store }: CommandDeps) =>
  batchById(
    (ids: readonly string[]) => store.items.find([...new Set(ids)]),
    (item) => item.variantId,
  );

const createHolderLoader = ({ store }: CommandDeps): Context['holders'] =>
  new DataLoader(async (ids) => {
    const byVariant = new Map<string, Holder[]>(ids.map((id) => [id, []]));
    for (const holder of await store.reservations.holdersOf(ids))
      byVariant.get(holder.variantId)?.push(holder);
    return ids.map((id) => byVariant.get(id) ?? []);
  });

/** @example createSubgraph({ ..., createContext: (request) => createContext(shared, request) }) */
export const createContext = (shared: ResolverDeps, request: RequestContext): Context => ({
  ...request,
  ...shared,
  stock: createStockLoader(shared.deps),
  holders: createHolderLoader(shared.deps),
});
