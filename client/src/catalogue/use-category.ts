import { useQuery } from '@urql/vue';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { problemOf } from '@/graph/problem.js';
import { categoryDocument } from './catalogue-operations.js';

/** One category; `isMissing` once the server said that there is none. */
export function useCategory(slug: MaybeRefOrGetter<string>) {
  const { data, error, fetching, stale } = useQuery({
    query: categoryDocument,
    variables: computed(() => ({ slug: toValue(slug) })),
  });
  const category = computed(() => data.value?.category ?? undefined);
  const problem = computed(() => problemOf(error.value, !!category.value));
  return {
    category,
    problem,
    isMissing: computed(() => !fetching.value && !stale.value && !category.value && !problem.value),
  };
}
