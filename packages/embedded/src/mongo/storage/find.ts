import type { Filter } from '../query/filter.js';
import { compileFilter } from '../query/match.js';
import { sortBy, type SortField } from '../query/sort.js';
import type { Collection } from './collection.js';
import { choosePlan } from './plan.js';
import type { StoredDocument } from './stored-document.js';

export interface FindOptions {
  readonly sort?: readonly SortField[];
  readonly skip?: number;
  /** @default Infinity */
  readonly limit?: number;
}

/** The documents a query finds, in the order asked for. */
export function findDocuments(
  collection: Collection | undefined,
  filter: Filter,
  { sort = [], skip = 0, limit = Infinity }: FindOptions = {},
): StoredDocument[] {
  if (collection === undefined || limit === 0) return [];
  const matches = compileFilter(filter);
  const plan = choosePlan(collection, filter, sort, skip + limit);
  const found: StoredDocument[] = [];
  const enough = plan.sorted ? skip + limit : Infinity;
  for (const document of plan.candidates()) {
    if (!matches(document.raw)) continue;
    found.push(document);
    if (found.length >= enough) break;
  }
  const ordered = plan.sorted ? found : sortBy(found, sort, ({ raw }) => raw);
  return skip === 0 && ordered.length <= limit ? ordered : ordered.slice(skip, skip + limit);
}
