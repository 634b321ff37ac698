import { refDebounced } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import { type LocationQuery, useRoute, useRouter } from 'vue-router';

/** Pause after a key stroke before the address changes, in milliseconds. */
const PAUSE = 250;

/**
 * What the table of stock is narrowed to; the address is its state, so that it can be shared and gone back to.
 *
 * @example const { typed, query, lowOnly } = useStockAddress(); // /staff/stock?q=lamp&low=1
 */
export function useStockAddress() {
  const route = useRoute();
  const router = useRouter();
  const query = computed(() => queryOf(route.query));
  /** What stands in the search box: the address follows after a pause. */
  const typed = ref(query.value);
  const paused = refDebounced(typed, PAUSE);

  const go = (changes: { readonly q?: string; readonly low?: boolean }): void => {
    const { q = query.value, low = lowOnly.value } = changes;
    if (q === query.value && low === lowOnly.value) return;
    // Every key stroke would be a step to go back through.
    void router.replace({ query: { ...(q && { q }), ...(low && { low: '1' }) } });
  };
  const lowOnly = computed({
    get: () => route.query['low'] === '1',
    set: (low) => go({ low }),
  });
  watch(paused, (text) => go({ q: text.trim() }));
  watch(query, (now) => {
    // Somebody went back, or followed a link. What was typed since the address changed stays.
    if (now !== paused.value.trim()) typed.value = now;
  });

  return {
    query,
    typed,
    lowOnly,
    /** Looks for what is typed without a pause. */
    find: () => go({ q: typed.value.trim() }),
    clear(): void {
      typed.value = '';
      go({ q: '', low: false });
    },
  };
}

const queryOf = ({ q }: LocationQuery): string => (typeof q === 'string' ? q.trim() : '');
