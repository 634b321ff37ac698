import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import type { EventFieldsFragment } from '@/__generated__/graphql.js';
import { useResult } from '@/graph/use-result.js';
import { eventLogDocument, orderAsOfDocument } from './event-operations.js';
import { useCatchingUp } from './use-catching-up.js';

/** All that an order can have: far more than any has. */
const MOST = 100;

/**
 * An order's events, oldest first, and the order as it was right after the one that is chosen.
 *
 * @param changedAt when the order last changed, in ISO 8601: the events are asked for until they tell of it
 */
export function useOrderReplay(orderId: () => string, changedAt: () => string | undefined = () => undefined) {
  const log = useQuery({
    query: eventLogDocument,
    variables: computed(() => ({ first: MOST, newestFirst: false, filter: { orderId: orderId() } })),
    requestPolicy: 'cache-and-network',
  });
  const { part, isLoading, isMissing, problem, reload } = useResult(log, ({ eventLog }) => eventLog);
  const events = computed<readonly EventFieldsFragment[]>(() => part.value?.nodes ?? []);
  const last = computed(() => Math.max(0, events.value.length - 1));
  useCatchingUp({
    known: changedAt,
    reached: () => events.value.at(-1)?.occurredAt,
    first: log,
    ask: () => log.executeQuery({ requestPolicy: 'network-only' }),
  });

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
  // What is told late may belong to the instant that is shown, which does not change by it.
  watch(
    () => events.value.length,
    () => {
      if (at.value === undefined || at.value !== event.value?.occurredAt) return;
      void state.executeQuery({ requestPolicy: 'network-only' });
    },
  );

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
