import type { UseQueryState } from '@urql/vue';
import { computed } from 'vue';
import { problemOf } from './problem.js';

/**
 * What a page wants to know about a query besides its data.
 *
 * @param pick the part that the page cannot do without; null or undefined means that there is nothing to show
 */
export function useResult<Data, Part>(
  query: UseQueryState<Data>,
  pick: (data: Data) => Part | null | undefined,
) {
  const part = computed<Part | undefined>(() =>
    query.data.value ? (pick(query.data.value) ?? undefined) : undefined,
  );
  const isSettled = computed(() => !query.fetching.value && !query.stale.value);
  const problem = computed(() =>
    query.fetching.value ? undefined : problemOf(query.error.value, part.value !== undefined),
  );
  return {
    part,
    /** Nothing to show yet. */
    isLoading: computed(() => part.value === undefined && !isSettled.value),
    /** The server answered, and there is no such thing. */
    isMissing: computed(
      () =>
        part.value === undefined &&
        isSettled.value &&
        (!problem.value || problem.value === 'missing') &&
        !query.isPaused.value,
    ),
    problem,
    reload: () => void query.executeQuery({ requestPolicy: 'network-only' }),
  };
}
