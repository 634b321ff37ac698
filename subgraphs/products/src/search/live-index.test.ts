import { catalogue, categories } from '@souk/demo-data/catalogue';
import { createMemoryLog } from '@souk/testkit/events';
import { silentLogger } from '@souk/testkit/logger';
import { expect, it } from 'vitest';
import { toFilter } from '../domain/filter.js';
import type { Product } from '../domain/product.js';
import type { CatalogueStore } from '../store/store.js';
import { createLiveIndex } from './live-index.js';

const products: Product[] = [...catalogue({ products: 50 })].map(({ rating, createdAt, ...rest }) => ({
  ...rest,
  ratingTenths: rating * 10,
  published: true,
  origin: 'demo',
  version: 1,
  createdAt: new Date(createdAt),
}));

/** A catalogue in memory that counts how often it was read from one end to the other. */
function memoryStore() {
  const byId = new Map(products.map((product) => [product.id, product]));
  let walks = 0;
  const store = {
    categories: { all: async () => [...categories] },
    products: {
      byIds: async (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []),
      async *published() {
        walks += 1;
        yield [...byId.values()];
      },
    },
  };
  // The index reads these three and nothing else.
  return { byId, walks: () => walks, store: store as unknown as CatalogueStore };
}
it('is not asked before it is built, and is built afresh when changes have left too much behind', async () => {
  const { store, byId, walks } = memoryStore();
  const live = createLiveIndex({ store, log: createMemoryLog(), logger: silentLogger, mostWaste: 20 });
  expect(() => live.current()).toThrow('still being indexed');
  await live.start();
  const [first] = products as [Product];
  for (let version = 2; version < 60; version += 1) {
    byId.set(first.id, { ...first, version, name: `Renamed ${version}` });
    await live.refresh([first.id]);
  }
  await live.stop();
  expect(walks()).toBeGreaterThan(1);
  const index = live.current();
  expect([index.size, index.waste <= 50]).toEqual([50, true]);
  const found = index.find({
    query: 'renamed',
    filter: toFilter(null),
    sort: 'RELEVANCE',
    limit: 5,
    after: undefined,
  });
  expect(found.hits.map(({ id }) => id)).toEqual([first.id]);
});
