import { computed } from 'vue';
import { stored } from '@/format/storage.js';

const MOST = 5;

/** @example remember(['lamp'], 'tent') // ['tent', 'lamp'] */
export function remember(recent: readonly string[], query: string): string[] {
  const same = (other: string) => other.toLowerCase() === query.toLowerCase();
  return [query, ...recent.filter((other) => !same(other))].slice(0, MOST);
}

/** The last few searches made in this browser, newest first. */
export function useRecentSearches() {
  const kept = stored('souk.recent-searches');
  const recent = computed(() => kept.value?.split('\n').filter(Boolean) ?? []);
  return {
    recent,
    add(query: string): void {
      kept.value = remember(recent.value, query).join('\n');
    },
  };
}
