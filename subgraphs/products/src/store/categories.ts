import type { Db } from 'mongodb';
import type { Category } from '../domain/category.js';
import { categoriesOf } from './collections.js';

/** Categories on disk. There are few, so they are read together. */
export interface CategoryStore {
  all(): Promise<Category[]>;
}

export function createCategoryStore(database: Db): CategoryStore {
  return {
    async all() {
      const found = await categoriesOf(database).find({}).toArray();
      return found.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
    },
  };
}
