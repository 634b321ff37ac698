import type { UseQueryState } from '@urql/vue';
import { computed } from 'vue';
import { problemOf } from './problem.js';

/**
 * What a page wants to know about a query besides its data.
 *
 * @param pick the part that the page cannot do without; null or undefined means that there is nothing to show
 * @param isWhole whether nothing is missing from that part. The cache remembers what is missing but not why: a field
 *   that another part of the shop owns is null while that is away, long after the error was reported.
 */
export function useResult<Data, Part>(
  query: UseQueryState<Data>,
  pick: (data: Data) => Part | null | undefined,
  isWhole: (part: Part) => boolean = () => true,
) {
  const part = computed<Part | undefined>(() =>
    query.data.value ? (pick(query.data.value) ?? undefined) : undefined,
  );
  const isSettled = computed(() => !query.fetching.value && !query.stale.value);
  const problem = computed(() => {
    if (query.fetching.value) return undefined;
    if (part.value !== undefined && !isWhole(part.value)) return 'partial';
    return problemOf(query.error.value, part.value !== undefined);
  });
  const isAbsent = computed(() => problem.value === undefined || problem.value === 'missing');
  return {
    part,
    /** Nothing to show yet. */
    isLoading: computed(() => part.value === undefined && !isSettled.value),
    /** The server answered, and there is no such thing. */
    isMissing: computed(
      () => part.value === undefined && isSettled.value && !query.isPaused.value && isAbsent.value,
    ),
    problem,
    reload: () => void query.executeQuery({ requestPolicy: 'network-only' }),
  };
}
