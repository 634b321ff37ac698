import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { computed, reactive, toRef, toRefs, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { EventFieldsFragment, EventLogFilter } from '@/__generated__/graphql.js';
import { useMore } from '@/graph/use-more.js';
import { useResult } from '@/graph/use-result.js';
import { filterOf, filtersSetIn, stateFromUrl, urlFromState } from './event-log-state.js';
import { eventLogDocument } from './event-operations.js';
import { useTimeWindow } from './use-time-window.js';

const PAGE_SIZE = 50;

/** The shop's events up to the instant that the slider is at, newest first, page by page. */
export function useEventLog(clock?: () => number) {
  const state = useStateInUrl(clock);
  const { step, window, until, moveOn } = useTimeWindow(toRef(state, 'hours'), clock, toRef(state, 'until'));

  const filter = computed<EventLogFilter>(() => ({
    ...filterOf(state),
    from: new Date(window.value.from).toISOString(),
    ...(until.value === undefined ? {} : { to: new Date(until.value).toISOString() }),
  }));
  // A slider that is dragged and an id that is typed change many times before anybody wants to see.
  const settled = refDebounced(filter, SETTLES_MS);
  const variables = computed(() => ({ first: PAGE_SIZE, newestFirst: true, filter: settled.value }));
  const query = useQuery({ query: eventLogDocument, variables, requestPolicy: 'cache-and-network' });
  const { part, isLoading, problem, reload } = useResult(query, ({ eventLog }) => eventLog);
  return {
    ...toRefs(state),
    step,
    window,
    until,
    filtersSet: computed(() => filtersSetIn(state)),
    events: computed<readonly EventFieldsFragment[]>(() => part.value?.nodes ?? []),
    ...useMore(
      eventLogDocument,
      () => variables.value,
      () => part.value,
    ),
    isLoading,
    problem,
    reload() {
      moveOn();
      reload();
    },
  };
}

const SETTLES_MS = 200;

/** What the log is narrowed to: follows the address, and the address follows it once it rests. */
function useStateInUrl(clock?: () => number) {
  const route = useRoute();
  const router = useRouter();
  const { name } = route;
  const state = reactive({ ...stateFromUrl(route.query, clock?.()) });
  const url = computed(() => urlFromState(state));
  const written = refDebounced(url, SETTLES_MS);
  watch(written, (query) => {
    if (route.name === name) void router.replace({ query });
  });
  watch(
    () => route.query,
    (query) => {
      // What was written by the line above is older than what is being typed.
      if (route.name !== name || isSame(query, written.value)) return;
      Object.assign(state, stateFromUrl(query, clock?.()));
    },
  );
  return state;
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
