import type { Db } from 'mongodb';
import { type CategoryStore, createCategoryStore } from './categories.js';
import { type ProductStore, createProductStore } from './products.js';

/** Everything the products subgraph reads and writes. */
export interface CatalogueStore {
  readonly products: ProductStore;
  readonly categories: CategoryStore;
}

export const createStore = (database: Db): CatalogueStore => ({
  products: createProductStore(database),
  categories: createCategoryStore(database),
});
