import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { type WatchSource, computed, ref, watch } from 'vue';
import type { EventFieldsFragment } from '@/__generated__/graphql.js';
import { useResult } from '@/graph/use-result.js';
import { eventLogDocument, orderAsOfDocument } from './event-operations.js';

/** All that an order can have: far more than any has. */
const MOST = 100;

/**
 * An order's events, oldest first, and the order as it was right after the one that is chosen.
 *
 * @param changes anything that changes when the order does: the events are asked for again
 */
export function useOrderReplay(orderId: () => string, changes: WatchSource = () => undefined) {
  const log = useQuery({
    query: eventLogDocument,
    variables: computed(() => ({ first: MOST, newestFirst: false, filter: { orderId: orderId() } })),
    requestPolicy: 'cache-and-network',
  });
  const { part, isLoading, isMissing, problem, reload } = useResult(log, ({ eventLog }) => eventLog);
  const events = computed<readonly EventFieldsFragment[]>(() => part.value?.nodes ?? []);
  const last = computed(() => Math.max(0, events.value.length - 1));
  watch(changes, reload);

  /** Undefined follows the newest event. */
  const chosen = ref<number>();
  const index = computed({
    get: () => Math.min(chosen.value ?? Infinity, last.value),
    set: (value) => (chosen.value = value >= last.value ? undefined : value),
  });
  const event = computed(() => events.value[index.value]);
  const at = refDebounced(
    computed(() => event.value?.occurredAt),
    100,
  );
  const state = useQuery({
    query: orderAsOfDocument,
    variables: computed(() => ({ id: orderId(), at: at.value ?? '' })),
    pause: computed(() => at.value === undefined),
  });

  return {
    events,
    index,
    event,
    snapshot: computed(() => state.data.value?.orderAsOf ?? undefined),
    hasMore: computed(() => part.value?.pageInfo.hasNextPage ?? false),
    isLoading,
    isMissing: computed(() => isMissing.value || (!isLoading.value && events.value.length === 0)),
    problem,
    reload,
  };
}
