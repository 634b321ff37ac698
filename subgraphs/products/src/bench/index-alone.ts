import { catalogue, categories } from '@souk/demo-data/catalogue';
import { type CategoryTree, createCategoryTree } from '../domain/category.js';
import type { CatalogueIndex } from '../search/catalogue-index.js';
import type { IndexedProduct } from '../search/rows.js';
import { type Cost, memoryMb, report, timed } from './measure.js';

const BATCH = 100;

/** The index without a database: what it costs to build, how long it blocks, and what it keeps. */
export async function indexAlone(
  products: number,
  create: (tree: CategoryTree) => CatalogueIndex,
): Promise<void> {
  const before = memoryMb();
  const index = create(createCategoryTree(categories));
  const puts: Cost[] = [];
  let batch: IndexedProduct[] = [];
  const flush = async (): Promise<void> => {
    puts.push(await timed(async () => index.put(batch)));
    batch = [];
  };
  for (const product of catalogue({ products })) {
    batch.push({ ...product, published: true, version: 1, createdAt: new Date(product.createdAt) });
    if (batch.length === BATCH) await flush();
  }
  await flush();
  const after = memoryMb();
  const sum = (pick: (cost: Cost) => number): number => puts.reduce((all, cost) => all + pick(cost), 0);
  const longest = Math.max(...puts.map(({ cpuMs }) => cpuMs));
  report(
    `index of ${index.size} products, no database`,
    { ms: sum(({ ms }) => ms), cpuMs: sum(({ cpuMs }) => cpuMs) },
    `longest step ${longest.toFixed(1)} ms CPU`,
  );
  console.log(
    `  keeps ${(after.heap - before.heap).toFixed(0)} MB heap + ${(after.buffers - before.buffers).toFixed(0)} MB buffers`,
  );
}
