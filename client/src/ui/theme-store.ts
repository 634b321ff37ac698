import { usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, watchEffect } from 'vue';
import { stored } from '@/format/storage.js';

/** Dark or light: what was chosen here, else what the system prefers. theme.js does the same before the first paint. */
export const useThemeStore = defineStore('theme', () => {
  const chosen = stored('souk.theme');
  const prefersDark = usePreferredDark();
  const isDark = computed(() => (chosen.value === undefined ? prefersDark.value : chosen.value === 'dark'));
  watchEffect(() => {
    document.documentElement.dataset['theme'] = isDark.value ? 'dark' : 'light';
  });
  function toggle(): void {
    const next = isDark.value ? 'light' : 'dark';
    // Back to the system's own choice: follow it from now on.
    chosen.value = (next === 'dark') === prefersDark.value ? undefined : next;
  }
  return { isDark, toggle };
});
