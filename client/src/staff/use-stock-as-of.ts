import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { computed, ref } from 'vue';
import type { WindowHours } from '@/events/time-window.js';
import { useTimeWindow } from '@/events/use-time-window.js';
import { useResult } from '@/graph/use-result.js';
import { stockAsOfDocument } from './staff-operations.js';

/** A variant's units as they were at the instant that a slider is at. */
export function useStockAsOf(variantId: () => string, clock?: () => number) {
  const hours = ref<WindowHours>(24);
  const { step, window, until } = useTimeWindow(hours, clock);
  /** Epoch milliseconds. At the end of the slider it is the present of the last look. */
  const at = computed(() => until.value ?? window.value.to);
  // A slider that is dragged changes many times before anybody wants to see.
  const settled = refDebounced(at, 100);
  const variables = computed(() => ({ variantId: variantId(), at: new Date(settled.value).toISOString() }));
  const query = useQuery({ query: stockAsOfDocument, variables });
  const { part, isLoading, isMissing, problem, reload } = useResult(query, ({ stockAsOf }) => stockAsOf);
  return {
    hours,
    step,
    window,
    until,
    units: part,
    /** When the change came that tells it; before the first change of all, that one, which came later. */
    change: computed(() => {
      const iso = part.value?.event.occurredAt;
      return iso === undefined ? undefined : { iso, isLater: Date.parse(iso) > settled.value };
    }),
    isLoading,
    /** Nothing tells, as for a variant that has never moved. */
    isMissing,
    problem,
    reload,
  };
}
