import { useQuery } from '@urql/vue';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { useResult } from '@/graph/use-result.js';
import { categoryDocument } from './catalogue-operations.js';

/** One category; `isMissing` once the server said that there is none. */
export function useCategory(slug: MaybeRefOrGetter<string>) {
  const query = useQuery({ query: categoryDocument, variables: computed(() => ({ slug: toValue(slug) })) });
  const { part: category, problem, isMissing } = useResult(query, (data) => data.category);
  return { category, problem, isMissing };
}
