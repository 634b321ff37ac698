import { AppError } from '@souk/kit/errors';
import type { EventLog } from '@souk/kit/events';
import type { Logger } from '@souk/kit/log';
import { createCategoryTree } from '../domain/category.js';
import type { Product } from '../domain/product.js';
import type { CatalogueStore } from '../store/store.js';
import { type CatalogueIndex, createCatalogueIndex } from './catalogue-index.js';
import { createCatchUp } from './catch-up.js';

/** The index of this process: built from the store, then kept up with the products' own events. */
export interface LiveIndex {
  /** @throws AppError UNAVAILABLE until it is built */
  current(): CatalogueIndex;
  /** Builds it and begins to follow. Resolves when it can be asked. */
  start(): Promise<void>;
  /** Takes in what the store says of these products now, without waiting for the event. */
  refresh(productIds: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** What the live index needs. */
export interface LiveIndexDeps {
  readonly store: CatalogueStore;
  readonly log: EventLog;
  readonly logger: Logger;
  /** Gets every product that is read because it has changed. */
  readonly onRefreshed?: (products: readonly Product[]) => void;
  /** Every change leaves a dead row; with more than this many a new index is built. @default 50_000 */
  readonly mostWaste?: number;
}

/** Products read at once. */
const READ = 500;
/** Products put in at once: a few milliseconds of work before others get their turn. */
const PUT = 100;

/** @example const live = createLiveIndex({ store, log, logger }); await live.start(); live.current().find(listing); */
export function createLiveIndex(deps: LiveIndexDeps): LiveIndex {
  const { store, log, logger, onRefreshed, mostWaste = 50_000 } = deps;
  let index: CatalogueIndex | undefined;
  let building: Promise<void> | undefined;

  const build = async (): Promise<void> => {
    const startedAt = performance.now();
    const next = createCatalogueIndex(createCategoryTree(await store.categories.all()));
    for await (const batch of store.products.published(READ)) {
      for (let start = 0; start < batch.length; start += PUT) {
        next.put(batch.slice(start, start + PUT));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    index = next;
    logger.info(
      { products: next.size, ms: Math.round(performance.now() - startedAt) },
      'search index is built',
    );
  };
  const refresh = async (ids: readonly string[]): Promise<void> => {
    const found = await store.products.byIds(ids);
    onRefreshed?.(found);
    index?.put(found.filter(({ published }) => published));
    for (const { id, version, published } of found) if (!published) index?.hide(id, version);
    if (index && index.waste > mostWaste && !building) {
      building = rebuild().finally(() => (building = undefined));
    }
  };
  /** What changes while the new index is being built is in the log behind `from`. */
  const rebuild = async (): Promise<void> => {
    const from = await log.head();
    await build();
    catchUp.goBackTo(from);
  };
  const catchUp = createCatchUp({ log, logger, refresh });

  return {
    current() {
      if (index) return index;
      throw new AppError('UNAVAILABLE', 'The catalogue is still being indexed. Try again in a few seconds.');
    },
    async start() {
      const from = await log.head();
      await build();
      catchUp.start(from);
    },
    refresh,
    async stop() {
      await catchUp.stop();
      await building;
    },
  };
}
