import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { computed, type MaybeRefOrGetter, ref, toValue, watch } from 'vue';
import { useResult } from '@/graph/use-result.js';
import { sagaOrderAsOfDocument, sagaEventsDocument } from './saga-operations.js';

/**
 * All events of an order, and the order as it was after any of them.
 *
 * @param changes anything that changes when the order does
 */
export function useTimeMachine(orderId: MaybeRefOrGetter<string>, changes: () => unknown) {
  const log = useQuery({
    query: sagaEventsDocument,
    variables: computed(() => ({ orderId: toValue(orderId) })),
    requestPolicy: 'cache-and-network',
  });
  const { part, isLoading, problem, reload } = useResult(log, (data) => data.eventLog);
  const events = computed(() => part.value?.nodes ?? []);
  watch(changes, reload);

  /** Where the slider stands; undefined follows the newest event. */
  const chosen = ref<number>();
  const here = computed({
    get: () => Math.min(chosen.value ?? Infinity, Math.max(0, events.value.length - 1)),
    set: (index: number) => (chosen.value = index >= events.value.length - 1 ? undefined : index),
  });
  const settled = refDebounced(here, 120);
  const asked = computed(() => ({
    id: toValue(orderId),
    at: events.value[settled.value]?.occurredAt ?? new Date(0).toISOString(),
  }));
  const then = useQuery({
    query: sagaOrderAsOfDocument,
    variables: asked,
    pause: computed(() => events.value.length === 0),
  });
  return {
    events,
    here,
    snapshot: computed(() => then.data.value?.orderAsOf ?? undefined),
    hasMore: computed(() => part.value?.pageInfo.hasNextPage ?? false),
    isLoading,
    problem,
    reload,
  };
}
