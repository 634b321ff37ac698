import { queryWords } from '../domain/words.js';
import type { Found, Listing } from './catalogue-index.js';

/** What the index has answered since it last changed: many shoppers ask for the same few pages. */
export interface RecentAnswers {
  /** The answer that is remembered, or what `find` gives. */
  of(listing: Listing, find: () => Found): Found;
  /** The index has changed. */
  clear(): void;
}

/**
 * @param most answers that are remembered, those that were asked for last; one with many facets takes some 20 kB @default 500
 * @example const answers = createRecentAnswers(); const found = answers.of(listing, () => search(listing));
 */
export function createRecentAnswers(most = 500): RecentAnswers {
  const known = new Map<string, Found>();
  return {
    of(listing, find) {
      const key = keyOf(listing);
      const found = known.get(key) ?? find();
      known.delete(key);
      known.set(key, found);
      if (known.size > most) known.delete(known.keys().next().value ?? key);
      return found;
    },
    clear: () => known.clear(),
  };
}

/** Equal for listings that have the same answer. */
const keyOf = ({ query, filter, sort, limit, after }: Listing): string =>
  JSON.stringify([queryWords(query), { ...filter, attributes: [...filter.attributes] }, sort, limit, after]);
