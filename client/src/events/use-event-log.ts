import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import type { EventFieldsFragment, EventLogFilter } from '@/__generated__/graphql.js';
import { useMore } from '@/graph/use-more.js';
import { useResult } from '@/graph/use-result.js';
import { eventLogDocument } from './event-operations.js';
import { STEPS, type WindowHours, instantAt, windowBefore } from './time-window.js';

const PAGE_SIZE = 50;

/** The subgraphs that tell of something. */
export const SOURCES = ['users', 'products', 'inventory', 'orders', 'payments', 'shipping'] as const;

/** The shop's events up to the instant that the slider is at, newest first, page by page. */
export function useEventLog(clock: () => number = () => Date.now()) {
  const hours = ref<WindowHours>(24);
  const step = ref(STEPS);
  const source = ref('');
  const about = ref('');
  const now = ref(clock());
  const window = computed(() => windowBefore(now.value, hours.value));
  /** Undefined for now. */
  const until = computed(() => instantAt(window.value, step.value));

  const filter = computed<EventLogFilter>(() => ({
    from: new Date(window.value.from).toISOString(),
    ...(until.value === undefined ? {} : { to: new Date(until.value).toISOString() }),
    ...(source.value === '' ? {} : { sources: [source.value] }),
    ...(about.value.trim() === '' ? {} : { correlationId: about.value.trim() }),
  }));
  // A slider that is dragged and an id that is typed change many times before anybody wants to see.
  const settled = refDebounced(filter, 200);
  const variables = computed(() => ({ first: PAGE_SIZE, newestFirst: true, filter: settled.value }));
  const query = useQuery({ query: eventLogDocument, variables, requestPolicy: 'cache-and-network' });
  const { part, isLoading, problem, reload } = useResult(query, ({ eventLog }) => eventLog);
  watch(hours, () => {
    now.value = clock();
    step.value = STEPS;
  });
  return {
    hours,
    step,
    source,
    about,
    window,
    until,
    events: computed<readonly EventFieldsFragment[]>(() => part.value?.nodes ?? []),
    ...useMore(
      eventLogDocument,
      () => variables.value,
      () => part.value,
    ),
    isLoading,
    problem,
    reload() {
      now.value = clock();
      reload();
    },
  };
}
