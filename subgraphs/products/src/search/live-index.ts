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
  /** The one that is being built. What changes meanwhile goes into both: the swap takes nothing back. */
  let next: CatalogueIndex | undefined;
  let rebuilding: Promise<void> | undefined;

  const build = async (): Promise<void> => {
    const startedAt = performance.now();
    const fresh = createCatalogueIndex(createCategoryTree(await store.categories.all()));
    // Before the catalogue is read: what changes from now on is told to it, and what has changed before is read.
    next = fresh;
    try {
      await fill(fresh, store);
      index = fresh;
    } finally {
      next = undefined;
    }
    const ms = Math.round(performance.now() - startedAt);
    logger.info({ products: fresh.size, ms }, 'search index is built');
  };
  const rebuild = async (): Promise<void> => {
    try {
      await build();
    } catch (error) {
      logger.warn({ err: error }, 'search index could not be built afresh, the next change tries again');
    }
  };
  const refresh = async (ids: readonly string[]): Promise<void> => {
    // Those there are before the read: a younger one does not know yet what was hidden since a slow read began.
    const indexes = [index, next];
    const found = await store.products.byIds(ids);
    onRefreshed?.(found);
    for (const each of indexes) if (each) takeIn(each, found);
    if (index && index.waste > mostWaste) rebuilding ??= rebuild().finally(() => (rebuilding = undefined));
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
      await rebuilding;
    },
  };
}

async function fill(index: CatalogueIndex, store: CatalogueStore): Promise<void> {
  for await (const batch of store.products.published(READ)) {
    for (let start = 0; start < batch.length; start += PUT) {
      index.put(batch.slice(start, start + PUT));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function takeIn(index: CatalogueIndex, products: readonly Product[]): void {
  index.put(products.filter(({ published }) => published));
  for (const { id, version, published } of products) if (!published) index.hide(id, version);
}
