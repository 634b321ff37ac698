import { defineStore } from 'pinia';
import { ref } from 'vue';

/** How the live connection stands: `idle` nobody listens, `connecting` for the first time, `live`, `lost` retrying. */
export type Connection = 'idle' | 'connecting' | 'live' | 'lost';

/** For the indicator beside live pages. */
export const useConnectionStore = defineStore('connection', () => {
  const state = ref<Connection>('idle');
  return { state };
});
