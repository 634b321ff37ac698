import { useLocalStorage } from '@vueuse/core';
import { computed, type WritableComputedRef } from 'vue';

/**
 * A text kept in this browser and shared live by its tabs; undefined when there is none. Where storage is forbidden it
 * lasts as long as the page.
 *
 * @example const theme = stored('souk.theme'); theme.value = 'dark';
 */
export function stored(key: string): WritableComputedRef<string | undefined> {
  const text = useLocalStorage<string | null>(key, null, {
    writeDefaults: false,
    serializer: { read: (raw) => raw, write: (value) => value ?? '' },
    onError: () => undefined,
  });
  return computed({
    get: () => text.value ?? undefined,
    set: (value) => {
      text.value = value ?? null;
    },
  });
}
