import { catalogue, categories } from '@souk/demo-data/catalogue';
import { type CategoryTree, createCategoryTree } from '../domain/category.js';
import type { CatalogueIndex } from '../search/catalogue-index.js';
import type { IndexedProduct } from '../search/rows.js';
import { memoryMb, report } from './measure.js';

const BATCH = 250;

/** The index without a database: what it costs to build, how long it blocks, and what it keeps. */
export async function indexAlone(
  products: number,
  create: (tree: CategoryTree) => CatalogueIndex,
): Promise<void> {
  const before = memoryMb();
  const index = create(createCategoryTree(categories));
  const puts: number[] = [];
  let batch: IndexedProduct[] = [];
  const flush = (): void => {
    const startedAt = performance.now();
    index.put(batch);
    puts.push(performance.now() - startedAt);
    batch = [];
  };
  for (const product of catalogue({ products })) {
    batch.push({ ...product, published: true, version: 1, createdAt: new Date(product.createdAt) });
    if (batch.length === BATCH) flush();
  }
  flush();
  const after = memoryMb();
  const total = puts.reduce((sum, ms) => sum + ms, 0);
  report(`index of ${index.size} products`, total, `longest step ${Math.max(...puts).toFixed(1)} ms`);
  console.log(
    `  keeps ${(after.heap - before.heap).toFixed(0)} MB heap + ${(after.buffers - before.buffers).toFixed(0)} MB buffers`,
  );
}
