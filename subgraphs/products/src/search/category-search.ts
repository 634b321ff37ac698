import MiniSearch from 'minisearch';
import type { CategoryTree } from '../domain/category.js';
import { queryWords } from '../domain/words.js';
import { forgiven } from './vocabulary.js';

/** Finds categories by what a shopper types: slugs, best first. */
export type CategorySearch = (query: string) => readonly string[];

export function createCategorySearch(tree: CategoryTree): CategorySearch {
  const index = new MiniSearch({
    fields: ['name'],
    idField: 'slug',
    tokenize: queryWords,
    processTerm: (word) => word,
    searchOptions: { prefix: true, fuzzy: (word) => forgiven(word.length), combineWith: 'AND' },
  });
  index.addAll(tree.departments.flatMap((department) => [department, ...tree.childrenOf(department.slug)]));
  // Ids are slugs; MiniSearch types them as any.
  return (query) => index.search(query).map(({ id }) => id as string);
}
